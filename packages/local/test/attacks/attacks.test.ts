/** Every attack on a small deployed API: what withstands it, and what is said when that is taken out. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttackResult } from "../../src/attacks/run.ts";
import type { TargetsOptions } from "../../src/attacks/targets/targets.ts";
import { type Handler, listen } from "../../src/http/listen.ts";
import type { GatewayDeps } from "../../src/services/api-gateway/gateway.ts";
import { reply, failure } from "../services/api-gateway/gateway-harness.ts";
import type { StartedCloud } from "../support/test-cloud.ts";
import {
  altered,
  alteredGateway,
  attacksOn,
  put,
  proxying,
  startAttackedCloud,
} from "./attacked-cloud.ts";

let cloud: StartedCloud;
let report: readonly AttackResult[];
beforeAll(async () => {
  cloud = await startAttackedCloud();
  const attacks = await attacksOn(cloud);
  report = await attacks.runAll();
  await attacks.stop();
}, 60_000);
afterAll(() => cloud?.stop());

async function run(
  id: string,
  serve?: Handler,
  changes?: Partial<TargetsOptions>,
): Promise<AttackResult> {
  const attacks = await attacksOn(cloud, serve, changes);
  const result = await attacks.run(id);
  await attacks.stop();
  if (result === undefined) throw new Error(`There is no attack ${id}.`);
  return result;
}

const resultOf = (id: string) => report.find((result) => result.id === id);

it("withstands every attack", () => {
  const wrong = report.filter(({ outcome }) => outcome !== "defended");
  expect(wrong).toEqual([]);
  expect(report.length).toBeGreaterThan(25);
  expect(report.at(-1)?.id).toBe("flood");
});

it.each([
  ["no-token", 401, "authorizer", "there is no token in Authorization"],
  ["other-pool", 401, "authorizer", "it is a token of another pool"],
  ["expired", 401, "authorizer", "it has expired (claim exp)"],
  ["tampered", 401, "authorizer", "its signature is not valid"],
  ["alg-none", 401, "authorizer", "its algorithm is not RS256"],
  ["hs256", 401, "authorizer", "its algorithm is not RS256"],
  ["padded", 401, "authorizer", "no JWT in canonical base64url"],
  ["other-issuer", 401, "authorizer", "it is a token of another pool"],
  ["other-use", 401, "authorizer", "it is an access token"],
  ["oversized-body", 413, "gateway", "Request Too Long"],
  ["unknown-key", 400, "validation", ""],
  ["prototype-key", 400, "validation", ""],
  ["constructor-key", 400, "validation", ""],
  ["wrong-type", 400, "validation", ""],
  ["not-json", 400, "validation", "the body is not JSON"],
  ["log4shell", 403, "firewall", "blocked by Log4JRCE_HEADER"],
  ["script-name", 403, "firewall", "blocked by CrossSiteScripting_BODY"],
  ["overlong-header", 431, "gateway", ""],
  ["other-method", 403, "route", "no resource and method for PUT /greet"],
  ["trailing-slash", 401, "authorizer", "there is no token"],
  ["dot-segments", 403, "route", "no resource and method"],
  ["flood", 429, "throttle", "Limit: 100.00 Burst: 60"],
])("refuses %s with %i in the layer %s", (id, status, layer, reason) => {
  expect(resultOf(id)?.attempts).toEqual([
    expect.objectContaining({
      target: "POST /greet",
      status,
      layer,
      outcome: "defended",
      reason: expect.stringContaining(reason),
      requestIds: [expect.any(String)],
    }),
  ]);
});

it("keeps each request for who wants to see why", () => {
  const [attempt] = resultOf("tampered")?.attempts ?? [];
  expect(cloud.requests.find(attempt?.requestIds[0] ?? "")?.response?.status).toBe(401);
});

it("says which statement of a topic's policy refuses another role", () => {
  expect(resultOf("unwanted-publisher")?.attempts).toEqual([
    expect.objectContaining({ target: "names as nobody", status: 403, outcome: "defended" }),
    expect.objectContaining({
      target: "names as Internal",
      status: 403,
      facts: expect.objectContaining({ statement: "OnlyExternal" }),
    }),
  ]);
});

it("leaves users and sessions as they are", () => {
  for (const { users, sessions } of cloud.cognito.context.pools.list()) {
    expect([users.size, sessions.length]).toEqual([0, 0]);
  }
});

it("reports attacks on routes that nothing answers as failed, and goes on", async () => {
  const closed = await listen(() => new Response(), 0);
  await closed.close();
  const attacks = await attacksOn(cloud, undefined, { apiUrl: () => closed.url });
  const results = await attacks.runAll();
  await attacks.stop();
  const ids = results.filter(({ outcome }) => outcome === "failed").map(({ id }) => id);
  expect(ids).toEqual(
    report.flatMap(({ id, attempts }) => (attempts[0]?.target === "POST /greet" ? [id] : [])),
  );
  expect(results[0]?.attempts).toEqual([
    expect.objectContaining({
      target: "POST /greet",
      status: undefined,
      layer: undefined,
      requestIds: [],
      problem: expect.stringContaining("no response: connect ECONNREFUSED"),
    }),
  ]);
});

it("reports an attack that ends a response without the id of a request as failed", async () => {
  expect(await run("no-token", () => new Response(null, { status: 400 }))).toMatchObject({
    outcome: "failed",
    attempts: [{ problem: "no request was recorded: 400" }],
  });
});

/** Every route lets everybody in. */
const open = (): Partial<GatewayDeps> =>
  altered(cloud, ({ routes }) => ({
    routes: routes.map((route) => ({
      ...route,
      method: { ...route.method, authorization: { type: "NONE" } },
    })),
  }));
const unchecked = (): Partial<GatewayDeps> =>
  altered(cloud, ({ routes }) => ({
    routes: routes.map((route) => ({
      ...route,
      method: { ...route.method, rules: { ...route.method.rules, validatorId: undefined } },
    })),
  }));

describe("when what withstands is taken out, the attack has failed:", () => {
  it.each([
    "no-token",
    "other-pool",
    "expired",
    "tampered",
    "alg-none",
    "hs256",
    "padded",
    "other-issuer",
    "other-use",
  ])("%s, without an authorizer", async (id) => {
    const result = await run(id, alteredGateway(cloud, open()));
    expect(result).toMatchObject({
      outcome: "failed",
      attempts: [{ problem: "was let in: 200 by External" }],
    });
  });

  it.each(["unknown-key", "prototype-key", "constructor-key", "wrong-type", "not-json"])(
    "%s, without a validator",
    async (id) => {
      const result = await run(id, alteredGateway(cloud, unchecked()));
      expect(result).toMatchObject({
        outcome: "failed",
        attempts: [{ problem: "was let in: 200 by External" }],
      });
    },
  );

  it("oversized-body, where a proxy cuts it", async () => {
    const cut = proxying(
      alteredGateway(cloud, {}),
      async ({ url, method, headers }, { target }) => {
        const kept = new Headers(headers);
        kept.delete("content-length");
        const small = { body: '{"name":"Ada"}' };
        return [new Request(url, { ...small, method, headers: kept }), target];
      },
    );
    expect(await run("oversized-body", cut)).toMatchObject({ outcome: "failed" });
  });

  it.each(["log4shell", "script-name"])("%s, without the firewall's rule", async (id) => {
    const waf = { ...cloud.waf, evaluate: () => ({ action: "allow", matched: [] }) as const };
    expect(await run(id, alteredGateway(cloud, { waf }))).toMatchObject({ outcome: "failed" });
  });

  it("sql-name, where it breaks the function", async () => {
    const failing = alteredGateway(cloud, { invoke: async () => failure("function") });
    expect(await run("sql-name", failing)).toMatchObject({
      outcome: "failed",
      attempts: [{ status: 502 }],
    });
  });

  it("sql-name, where it comes back as a page", async () => {
    const page = { statusCode: 200, headers: { "content-type": "text/html" }, body: "" };
    const invoke = async () => reply(page);
    expect(await run("sql-name", alteredGateway(cloud, { invoke }))).toMatchObject({
      outcome: "failed",
      attempts: [{ problem: "came back as a page, in which markup can run" }],
    });
  });

  it("overlong-header, where a proxy leaves it out", async () => {
    const short = proxying(alteredGateway(cloud, {}), async (request, { target }) => {
      const headers = new Headers(request.headers);
      headers.delete("x-long");
      const { url, method } = request;
      return [new Request(url, { method, headers, body: await request.arrayBuffer() }), target];
    });
    expect(await run("overlong-header", short)).toMatchObject({
      outcome: "failed",
      attempts: [{ problem: expect.stringContaining("was refused (401) in the authorizer") }],
    });
  });

  it.each([
    "other-method",
    "doubled-slash",
    "trailing-slash",
    "upper-case",
    "encoded-slash",
    "dot-segments",
    "absolute-target",
    "null-byte",
  ])("%s, where it is the same route without its authorizer", async (id) => {
    const lenient = proxying(alteredGateway(cloud, open()), async (request) => [
      new Request(request.url, {
        method: "POST",
        headers: request.headers,
        body: await request.arrayBuffer(),
      }),
      "/greet",
    ]);
    expect(await run(id, lenient)).toMatchObject({
      outcome: "failed",
      attempts: [{ problem: "was let in: 200 by External" }],
    });
  });

  it.each(["direct-invocation", "unwanted-publisher"])("%s, without policies", async (id) => {
    const endpoint = { ...cloud.endpoint, fetch: async () => new Response("{}") };
    const result = await run(id, undefined, { endpoint });
    expect(result.outcome).toBe("failed");
    expect(result.attempts.map(({ problem }) => problem)).toContain("was let in: 200");
  });

  it("flood, without a throttle", async () => {
    const unlimited = altered(cloud, () => ({ methodSettings: new Map() }));
    expect(await run("flood", alteredGateway(cloud, unlimited))).toMatchObject({
      outcome: "failed",
      attempts: [{ problem: "was refused (400) in the validation: the body is not JSON" }],
    });
  });

  it("poison-message, where its consumer takes it", async () => {
    await put(cloud, "Internal", "export const handler = async () => {};");
    expect(await run("poison-message")).toMatchObject({
      outcome: "failed",
      attempts: [{ problem: expect.stringContaining("did not become a dead letter") }],
    });
  });
});
