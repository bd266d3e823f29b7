/** Attacks on a small deployed API that get through once what withstands them is taken out. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttackResult } from "../../src/attacks/run.ts";
import type { TargetsOptions } from "../../src/attacks/targets/targets.ts";
import type { Handler } from "../../src/http/listen.ts";
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
beforeAll(async () => {
  cloud = await startAttackedCloud();
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
