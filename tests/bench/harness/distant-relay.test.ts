/** The latency between a function and AWS, as the benchmark stands for it. */
import { once } from "node:events";
import { Agent, request } from "node:https";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startAwsStub, type AwsStub } from "../../../bench/harness/aws-stub.ts";
import { startRelay, type Relay } from "../../../bench/harness/distant-relay.ts";
import { createTlsIdentity } from "../../../packages/local/src/http/certificate/identity.ts";

const ROUND_TRIP_MS = 20;
const identity = createTlsIdentity();

let stub: AwsStub;
let relay: Relay;

beforeAll(async () => {
  stub = await startAwsStub(identity);
  relay = await startRelay(stub.url, ROUND_TRIP_MS);
});

afterAll(async () => {
  await relay.close();
  await stub.close();
});

/** Sends a publication; milliseconds to the end of the answer, and whether its connection was a kept one. */
async function publish(agent: Agent) {
  const startedAt = performance.now();
  const outgoing = request(relay.url, { method: "POST", agent, ca: identity.authority });
  outgoing.end("Action=Publish");
  const [response] = await once(outgoing, "response");
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk;
  return { ms: performance.now() - startedAt, body, reused: outgoing.reusedSocket };
}

test("a request over a new TLS connection takes three round trips, one over a kept connection one", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const first = await publish(agent);
    const second = await publish(agent);
    expect([first.reused, second.reused]).toEqual([false, true]);
    for (const { body } of [first, second]) expect(body).toContain("<MessageId>");
    expect(first.ms).toBeGreaterThanOrEqual(3 * ROUND_TRIP_MS);
    expect(second.ms).toBeGreaterThanOrEqual(ROUND_TRIP_MS);
  } finally {
    agent.destroy();
  }
});

test("connections end with their peers", async () => {
  const agent = new Agent({ keepAlive: true });
  await publish(agent);
  const [socket] = Object.values(agent.freeSockets).flat();
  if (socket === undefined) throw new Error("No connection was kept.");
  const closed = once(socket, "close");
  await relay.close();
  await closed;
  expect(socket.destroyed).toBe(true);
  relay = await startRelay(stub.url, ROUND_TRIP_MS);
  agent.destroy();
});
