/** This app deployed again with a part of its API changed, moved or removed: it serves what it should. */
import fs from "node:fs";
import path from "node:path";
import { problems } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { nothing } from "../../scripts/account/questions.ts";
import { deployStage } from "../../scripts/rehearsal/deploy.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { deployApp, type DeployedApp } from "../support/deployed-app.ts";
import { namesOf } from "../../stacks/settings/names.ts";

const stage = "local";

let copy: AppCopy;
let app: DeployedApp;
beforeAll(async () => {
  copy = copyApp({ platform: true });
  app = await deployApp({ project: copy.folder });
});
afterAll(async () => {
  await app?.stop();
  copy?.remove();
});

/** The status of a greeting. */
async function greet(route: string, authorization: string): Promise<number> {
  const response = await app.post(route, { authorization, body: { name: "Ada" } });
  return response.status;
}

/** What callers without a token see. */
async function probe() {
  const preflight = await fetch(`${app.urls.api}/lambda1`, { method: "OPTIONS" });
  const unknown = await app.post("/nowhere", {});
  const [before, after] = [await app.post("/lambda2", {}), await app.post("/greet", {})];
  return {
    preflight: preflight.status,
    unknownRoute: z.object({ detail: z.string() }).parse(await unknown.json()).detail,
    lambda2: before.status,
    greet: after.status,
  };
}

describe("with another audience, a route moved, its preflight and a gateway response removed, and the firewall renamed", () => {
  let tokens: readonly [string, string];
  it("serves what was removed until npm run deploy has deployed it once more", async () => {
    tokens = [await app.token(1), await app.token(2)];
    expect([await greet("/lambda1", tokens[0]), await greet("/lambda2", tokens[1])]).toEqual([
      200, 200,
    ]);
    copy.replace(
      "stacks/api/rest-api.ts",
      "$interpolate`^${pool.clientId}$`",
      'pool.number === 1 ? "^another$" : $interpolate`^${pool.clientId}$`',
    );
    copy.replace("stacks/settings/stages.ts", 'corsOrigin: "http://localhost:8080",', "");
    copy.replace(
      "stacks/api/rest-api.ts",
      "`${method} ${path}`",
      '`${method} ${path === "/lambda2" ? "/greet" : path}`',
    );
    copy.append(
      "stacks/api/gateway-problems.ts",
      'Reflect.deleteProperty(gatewayProblems, "MISSING_AUTHENTICATION_TOKEN");\n',
    );
    copy.replace("stacks/firewall/web-acl.ts", 'WebAcl("Firewall"', 'WebAcl("AnotherFirewall"');
    const seen = [await probe()];
    const terminal = recordTerminal();
    const code = await deployStage(stage, [], {
      strict: true,
      rehearse: () => Promise.resolve({ graph: app.cloud.graph(stage), inert: [] }),
      askAccount: () => Promise.resolve(nothing),
      checkGraph: () => [],
      async runSst() {
        await app.cloud.deploy({ stage });
        seen.push(await probe());
        return 0;
      },
      readOutputs: () =>
        JSON.parse(fs.readFileSync(path.join(copy.folder, ".sst/outputs.json"), "utf8")),
      terminal,
    });

    const { routeUnknown, otherRequestError } = problems;
    expect(seen).toEqual([
      { preflight: 204, unknownRoute: routeUnknown.detail, lambda2: 401, greet: 403 },
      // A method that is moved is deleted first: only what is removed is still there.
      { preflight: 204, unknownRoute: routeUnknown.detail, lambda2: 403, greet: 401 },
      { preflight: 403, unknownRoute: otherRequestError.detail, lambda2: 403, greet: 401 },
    ]);
    expect(code).toBe(0);
    expect(terminal.lines.map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        "API Gateway still serves what was removed. Deploying again, without:",
        "Method ApiRouteExternalLambda1PreflightMethod",
        "Response GatewayResponseMISSING_AUTHENTICATION_TOKEN",
      ]),
    );
  });

  it("rejects the tokens that it took, and takes those of the other route", async () => {
    // Past the authorizer is a function that knows no such path.
    expect([await greet("/lambda1", tokens[0]), await greet("/greet", tokens[1])]).toEqual([
      401, 500,
    ]);
  });

  it("is behind the renamed firewall", async () => {
    await probe();
    const lines = app.logs.read(namesOf(stage).firewallLog).map(({ message }) => message);
    expect(lines.filter((line) => line.includes("AnotherFirewall"))).not.toEqual([]);
  });

  it("is the same when it is deployed again: nothing is left to remove", async () => {
    const deployment = () =>
      app.cloud.graph(stage).find(({ type }) => type === "aws:apigateway/deployment:Deployment");
    const before = deployment();
    await app.cloud.deploy({ stage });
    expect(deployment()?.id).toBe(before?.id);
  });
});
