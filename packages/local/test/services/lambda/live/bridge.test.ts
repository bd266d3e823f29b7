import { afterEach, expect, it } from "vitest";
import { createChannels } from "../../../../src/services/appsync/channels.ts";
import type { LambdaOptions } from "../../../../src/services/lambda/ports.ts";
import { startLambda, type TestLambda } from "../lambda-harness.ts";
import {
  liveSettings,
  requestIdIn,
  sendToWorker,
  standInForCli,
  type Received,
} from "../../../support/dev.ts";

const started: TestLambda[] = [];
afterEach(async () => {
  for (const cloud of started.splice(0)) await cloud.stop();
});

/** A live function whose CLI does what `onMessage` says with each message. */
async function startLive(
  onMessage: ((message: Received, send: Send) => void) | undefined,
  { timeoutSeconds = 3, ...options }: Partial<LambdaOptions> & { timeoutSeconds?: number } = {},
) {
  const channels = createChannels();
  const received: Received[] = [];
  if (onMessage) {
    standInForCli(channels, (message) => {
      received.push(message);
      onMessage(message, (type, body, id = requestIdIn(message.body)) =>
        sendToWorker(channels, message.worker, { type, id, body }),
      );
    });
  }
  const cloud = await startLambda({ channels, ...options });
  started.push(cloud);
  const { lambda } = cloud;
  const arn = await cloud.put("", { ...liveSettings, timeoutSeconds });
  return { received, invoke: (payload = "{}") => lambda.invoke(arn, payload) };
}

type Send = (type: Parameters<typeof sendToWorker>[2]["type"], body: string, id?: string) => void;

it("hands its environment and then each invocation to the CLI, and the answers back", async () => {
  const { invoke, received } = await startLive(({ type, body }, send) => {
    if (type !== "next") return;
    send("ping", "{}", "ping");
    send("response", JSON.stringify({ echo: body.split("\r\n\r\n")[1] }));
  });
  await expect(invoke('{"name":"Ada"}')).resolves.toMatchObject({
    ok: true,
    payload: JSON.stringify({ echo: '{"name":"Ada"}' }),
  });
  await invoke('{"name":"Grace"}');
  expect(received.map(({ type }) => type)).toEqual(["init", "next", "next"]);
  expect(new Set(received.map(({ worker }) => worker)).size).toBe(1);
  expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({
    functionID: "ExternalLambda",
    environment: expect.arrayContaining([
      "AWS_ACCESS_KEY_ID=app-local-ExternalLambda",
      "AWS_CONFIG_FILE=/dev/null",
      "AWS_SHARED_CREDENTIALS_FILE=/dev/null",
    ]),
  });
  expect(received[0]?.body).not.toContain("AWS_LAMBDA_RUNTIME_API");
  expect(received[1]?.body).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(received[1]?.body).toMatch(/content-length: 14\r\n/);
});

it.each(["error", "initError"] as const)("fails with what the CLI reports as %s", async (kind) => {
  const error = JSON.stringify({ errorType: "TypeError", errorMessage: "no", trace: [] });
  const { invoke } = await startLive(({ type }, send) => {
    if (type === "next") send(kind, error);
  });
  await expect(invoke()).resolves.toMatchObject({ ok: false, errorType: "TypeError" });
});

it("introduces itself again when the CLI has lost its worker", async () => {
  const { invoke, received } = await startLive(({ type, body }, send) => {
    if (type === "next") send("reboot", "{}", "reboot");
    else if (received.length > 1) send("response", "1", requestIdIn(received[1]?.body ?? body));
  });
  await expect(invoke()).resolves.toMatchObject({ ok: true, payload: "1" });
  expect(received.map(({ type }) => type)).toEqual(["init", "next", "init"]);
});

it("does not take the answer to another request for its own", async () => {
  const { invoke } = await startLive(({ type }, send) => {
    if (type !== "next") return;
    send("response", '"late"', "another");
    send("response", '"own"');
  });
  await expect(invoke()).resolves.toMatchObject({ payload: '"own"' });
});

it("says that sst dev does not run when nobody listens", async () => {
  const { invoke } = await startLive(undefined);
  const result = await invoke();
  expect(result.ok).toBe(true);
  expect(result.payload).toMatch(/"statusCode":"500".*sst dev is not running/);
});

it.each([
  ["an unknown type", 9, "unknown type 9"],
  ["a type that only functions send", "next", '"next"'],
] as const)("names %s", async (_, wrong, name) => {
  const { invoke } = await startLive(({ type }, send) => {
    if (type === "next") send(wrong, "{}");
  });
  const result = await invoke();
  expect(result).toMatchObject({ ok: false, errorType: "LocalCloud.Bridge" });
  expect(result.payload).toContain(JSON.stringify(name).slice(1, -1));
});

it("times out as the function says, and goes on with the next invocation", async () => {
  let answers = false;
  const { invoke } = await startLive(
    ({ type }, send) => {
      if (type === "next" && answers) send("response", "1");
    },
    { timeoutSeconds: 1 },
  );
  await expect(invoke()).resolves.toMatchObject({ ok: false, kind: "timeout" });
  answers = true;
  await expect(invoke()).resolves.toMatchObject({ ok: true });
});

it("waits longer than the function says where time limits are off", async () => {
  const held = Promise.withResolvers<void>();
  const { invoke } = await startLive(
    ({ type }, send) => {
      if (type === "next") void held.promise.then(() => send("response", "1"));
    },
    { timeoutSeconds: 1, timeLimits: false },
  );
  const result = invoke();
  const limited = await startLive(() => {}, { timeoutSeconds: 1 });
  await expect(limited.invoke()).resolves.toMatchObject({ kind: "timeout" });
  held.resolve();
  await expect(result).resolves.toMatchObject({ ok: true });
});
