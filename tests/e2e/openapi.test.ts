/** docs/openapi.json: it says what the contract says, and names the routes that are deployed. */
import fs from "node:fs";
import { type Problem, problems, routeRows } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { errorResponses } from "../../scripts/openapi/error-responses.ts";
import { viewGraph } from "../../scripts/rehearsal/graph-view.ts";
import { gatewayProblems } from "../../stacks/api/gateway-problems.ts";
import { run } from "../../packages/local/test/support/command.ts";
import { readSharedGraph } from "../support/shared-app.ts";

const committed = fs.readFileSync("docs/openapi.json", "utf8");

const operationSchema = z.object({
  security: z.array(z.record(z.string(), z.array(z.never()))),
  responses: z.record(z.string(), z.unknown()),
});
const documentSchema = z.object({
  openapi: z.string().startsWith("3.1"),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({
    securitySchemes: z.record(z.string(), z.object({ description: z.string() })),
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});
const document = documentSchema.parse(JSON.parse(committed));

it("is what the command prints; if not: npm run openapi -- --out docs/openapi.json", async () => {
  const { code, stdout } = await run(["node", "scripts/openapi.ts"]);
  expect(code).toBe(0);
  expect(stdout).toBe(committed.trimEnd());
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
    // The statuses of the other two are those of the errors that API Gateway found.
    for (const { type, title, status = 400, detail } of all) {
      expect(schema.safeParse({ type, title, status, detail, requestId: "1" }).success).toBe(true);
    }
    expect(schema.safeParse({ message: "Unauthorized" }).success).toBe(false);
  });
});

it("names every status of the function and the gateway for a route that exists", () => {
  // There is no 404 or 405 on a route: the gateway knows no other method.
  const all: readonly Problem[] = [...Object.values(problems), ...Object.values(gatewayProblems)];
  const statuses = all.flatMap(({ status }) => status ?? []);
  const possible = new Set(statuses.filter((status) => status !== 404 && status !== 405));
  const described = new Set(errorResponses.map(({ status }) => status));
  expect([...possible].filter((status) => !described.has(status))).toEqual([]);
});
