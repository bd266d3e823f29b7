/** docs/openapi.json: it says what the contract says, and names the routes and limits that are deployed. */
import fs from "node:fs";
import { type Problem, problems, routeRows } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { errorResponses } from "../../scripts/openapi/error-responses.ts";
import { limitsOf } from "../../scripts/openapi/limits.ts";
import { viewGraph } from "../../scripts/rehearsal/graph-view.ts";
import { gatewayProblems } from "../../stacks/api/gateway-problems.ts";
import { run } from "../../packages/local/test/support/command.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { readSharedGraph } from "../support/shared-app.ts";

const files = { json: "docs/openapi.json", http: "docs/api.http" } as const;
const committed = fs.readFileSync(files.json, "utf8");

const operationSchema = z.object({
  security: z.array(z.record(z.string(), z.array(z.never()))),
  responses: z.record(z.string(), z.unknown()),
});
const documentSchema = z.object({
  openapi: z.string().startsWith("3.1"),
  "x-limits": z.record(z.string(), z.record(z.string(), z.unknown())),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({
    securitySchemes: z.record(z.string(), z.object({ description: z.string() })),
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});
const document = documentSchema.parse(JSON.parse(committed));

it.each([
  [files.json, []],
  [files.http, ["--http"]],
])("%s is what the command prints; if not: npm run openapi -- … --out FILE", async (file, args) => {
  const { code, stdout } = await run(["node", "scripts/openapi.ts", ...args]);
  expect(code).toBe(0);
  expect(stdout).toBe(fs.readFileSync(file, "utf8").trimEnd());
});

it("has a route for each that is deployed, with the same pool, and no other", async () => {
  const graph = viewGraph(await readSharedGraph());
  // A preflight is answered for each path, and is no operation of the API.
  const methods = graph
    .all("aws:apigateway/method:Method")
    .filter(({ inputs }) => inputs["httpMethod"] !== "OPTIONS");
  const deployed = methods.map(({ inputs }) => {
    const path = graph.find(inputs["resourceId"])?.outputs["path"];
    const authorizer = graph.find(inputs["authorizerId"])?.inputs["name"];
    return `${String(inputs["httpMethod"])} ${String(path)} ${String(authorizer)}`;
  });
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security }]) => {
      const scheme = Object.keys(security[0] ?? {})[0] ?? "";
      const authorizer = /AGAuthorizer\d/.exec(
        document.components.securitySchemes[scheme]?.description ?? "",
      )?.[0];
      return `${method.toUpperCase()} ${path} ${authorizer}`;
    }),
  );
  expect(described.toSorted()).toEqual(deployed.toSorted());
});

const deployedLimitsSchema = z.object({
  throttlingRateLimit: z.number(),
  throttlingBurstLimit: z.number(),
});
const rateRuleSchema = z.object({
  action: z.record(z.enum(["count", "block"]), z.unknown()),
  statement: z.object({ rateBasedStatement: z.object({ limit: z.number() }) }),
});

it("has the limits that are deployed", async () => {
  const graph = viewGraph(await readSharedGraph());
  const [settings] = graph.all("aws:apigateway/methodSettings:MethodSettings");
  const throttle = deployedLimitsSchema.parse(settings?.inputs["settings"]);
  const [webAcl] = graph.all("aws:wafv2/webAcl:WebAcl");
  const rule = z
    .array(z.unknown())
    .parse(webAcl?.inputs["rules"])
    .map((each) => rateRuleSchema.safeParse(each).data)
    .find((each) => each !== undefined);
  expect(document["x-limits"]["local"]).toEqual({
    requestsPerSecondOfRoute: throttle.throttlingRateLimit,
    burstOfRoute: throttle.throttlingBurstLimit,
    requestsPerFiveMinutesOfAddress: rule?.statement.rateBasedStatement.limit,
    firewallMode: Object.keys(rule?.action ?? {})[0],
  });
  expect(document["x-limits"]["prod"]).toEqual(limitsOf(settingsFor("prod")));
});

describe("its schemas", () => {
  it.each([
    ...new Map(
      routeRows
        .flatMap(({ request, response }) => [...(request.json ? [request.json] : []), response])
        .map((body) => [body.model, body] as const),
    ),
  ])(
    "%s takes what the contract takes, and refuses an unknown key as it does",
    (name, { schema: contract, example: value }) => {
      const schema = z.fromJSONSchema(document.components.schemas[name] ?? {});
      for (const body of [value, { ...value, extra: 1 }, {}, []]) {
        expect(schema.safeParse(body).success).toBe(contract.safeParse(body).success);
      }
    },
  );

  it("Problem is the shape of every problem", () => {
    const schema = z.fromJSONSchema(document.components.schemas["Problem"] ?? {});
    const all: readonly Problem[] = Object.values(problems);
    for (const { headers: _headers, ...problem } of all) {
      expect(schema.safeParse({ ...problem, requestId: "1" }).success).toBe(true);
    }
    expect(schema.safeParse({ message: "Unauthorized" }).success).toBe(false);
  });
});

it("names every status of the function and the gateway for a route that exists", () => {
  // There is no 404 or 405 on a route: the gateway knows no other method.
  const all: readonly Problem[] = [...Object.values(problems), ...Object.values(gatewayProblems)];
  const statuses = all.flatMap(({ status }) => status ?? []);
  const possible = new Set(statuses.filter((status) => status !== 404 && status !== 405));
  const described = new Set<unknown>(errorResponses.map(({ status }) => status));
  expect([...possible].filter((status) => !described.has(status))).toEqual([]);
});
