/** A gateway that has served many requests does not use more memory than before. */
import { expect, it } from "vitest";
import { createMetrics } from "../../../src/services/cloudwatch/store/metrics.ts";
import { heldBytes } from "../../support/memory.ts";
import { block } from "./firewall.ts";
import { connectionOf, createHarness, deploy, reply } from "./gateway-harness.ts";

const requests = 8_000;
/** Half of what a leak of 1 kB a request would take. */
const bound = requests * 512;

/** A stage with a firewall, an authorizer, a throttle, an integration, an access log and metrics. */
function createServed() {
  let logged = 0;
  const { apis, gateway, waf } = createHarness({
    now: Date.now,
    verifyToken: (_, token) =>
      Promise.resolve(
        token === "good" ? { ok: true, claims: { sub: "1" } } : { ok: false, reason: "invalid" },
      ),
    invoke: () => Promise.resolve(reply({ statusCode: 200, body: "hello" })),
    isInvokeAllowed: () => true,
    measure: createMetrics({ now: Date.now, minuteMs: 60_000 }).measure,
    log: () => (logged += 1),
    onError: (error) => {
      throw error;
    },
  });
  const methods = [{ path: "/open" }, { path: "/guarded", pools: ["pool"] }];
  const { stage, id } = deploy({ apis }, methods, { accessLogFormat: "$context.requestId" });
  apis.putMethodSettings({
    restApiId: id,
    stageName: "local",
    methodPath: "*/*",
    settings: { throttlingRateLimit: 10_000, throttlingBurstLimit: 5_000 },
  });
  block({ waf }, stage.arn, "192.0.2.0/24");
  return { gateway, logged: () => logged };
}

it(`grows by less than a leak of half a kilobyte for each of ${requests} requests`, async () => {
  const { gateway, logged } = createServed();
  const calls = [
    ["/open", "127.0.0.1"],
    ["/guarded", "127.0.0.1"],
    ["/nowhere", "127.0.0.1"],
    ["/open", "192.0.2.1"],
  ] as const;
  const serve = async (count: number) => {
    const seen = new Set<number>();
    for (let at = 0; at < count; at += 1) {
      const [path, remoteAddress] = calls[at % calls.length] ?? calls[0];
      const request = new Request(`http://127.0.0.1${path}?n=${at}`, {
        headers: { authorization: at % 8 < 4 ? "good" : `bad-${at}` },
      });
      const response = await gateway.fetch(request, connectionOf(request, remoteAddress));
      await response.text();
      seen.add(response.status);
    }
    return seen;
  };

  await serve(2_000);
  const before = await heldBytes();
  expect(await serve(requests)).toEqual(new Set([200, 401, 403]));
  expect((await heldBytes()) - before).toBeLessThan(bound);
  expect(logged()).toBe(requests + 2_000);
}, 600_000);
