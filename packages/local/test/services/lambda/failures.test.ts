/** Everything that can go wrong inside an execution environment. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exists } from "./processes.ts";
import { answerOf, errorIn, jsonLog, startLambda, type TestLambda } from "./lambda-harness.ts";

let cloud: TestLambda;

beforeEach(async () => {
  cloud = await startLambda();
});
afterEach(() => cloud.stop());

/** Does what the event says; answers its process id otherwise. */
const OBEDIENT = `
  export const handler = async (event) => {
    if (event.throw) throw new TypeError(event.throw);
    if (event.hang) await new Promise(() => setInterval(() => {}, 1000));
    if (event.spin) for (;;);
    if (event.exit !== undefined) process.exit(event.exit);
    if (event.reject) { Promise.reject(new RangeError("nobody listens")); await new Promise((r) => setTimeout(r, 5000)); }
    if (event.crash) { setTimeout(() => { throw new SyntaxError("out of turn"); }); await new Promise((r) => setTimeout(r, 5000)); }
    if (event.kill) process.kill(process.pid, "SIGSEGV");
    return process.pid;
  };
`;

test("an error of the handler is the answer, and the process goes on", async () => {
  const arn = await cloud.put(OBEDIENT);
  const before = await answerOf(cloud.lambda, arn);

  const failed = await cloud.lambda.invoke(arn, JSON.stringify({ throw: "no way" }));

  expect(failed).toMatchObject({ ok: false, kind: "function", errorType: "TypeError" });
  expect(JSON.parse(failed.payload)).toEqual({
    errorType: "TypeError",
    errorMessage: "no way",
    trace: expect.arrayContaining(["TypeError: no way"]),
  });
  expect(await answerOf(cloud.lambda, arn)).toBe(before);
});

test("an error of the handler stands in the log", async () => {
  const arn = await cloud.put(OBEDIENT);

  const { requestId } = await cloud.lambda.invoke(arn, JSON.stringify({ throw: "no way" }));

  expect(jsonLog(cloud.logs)).toContainEqual({
    timestamp: expect.any(String),
    level: "ERROR",
    requestId,
    message: {
      errorType: "TypeError",
      errorMessage: "no way",
      stackTrace: expect.arrayContaining(["TypeError: no way"]),
    },
  });
});

test.for(["hang", "spin"])(
  "a handler that does not answer (%s) is ended, and the next invocation works",
  async (how) => {
    const arn = await cloud.put(OBEDIENT, { timeoutSeconds: 1 });
    // On a machine that is busy, one that answers may be ended as well.
    const answer = () => vi.waitFor(() => answerOf(cloud.lambda, arn), 30_000);
    const before = await answer();

    const failed = await cloud.lambda.invoke(arn, JSON.stringify({ [how]: true }));

    expect(failed).toMatchObject({ ok: false, kind: "timeout" });
    expect(errorIn(failed.payload)).toEqual({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${failed.requestId} Error: Task timed out after 1.00 seconds`,
    });
    expect(await answer()).not.toBe(before);
  },
);

test.for([
  ["exits with a code", { exit: 3 }, "Runtime exited with error: exit status 3"],
  ["exits without a reason", { exit: 0 }, "Runtime exited without providing a reason"],
  ["dies of a signal", { kill: true }, "Runtime exited with error: signal: segmentation fault"],
] as const)("a process that %s fails only its invocation", async ([, event, sentence]) => {
  const arn = await cloud.put(OBEDIENT);

  const failed = await cloud.lambda.invoke(arn, JSON.stringify(event));

  expect(failed).toMatchObject({ ok: false, kind: "exit", errorType: "Runtime.ExitError" });
  expect(errorIn(failed.payload).errorMessage).toBe(
    `RequestId: ${failed.requestId} Error: ${sentence}`,
  );
  expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: true });
});

// Source: https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/da5777a/src/index.mjs
test("an unhandled rejection ends the process, as on Lambda", async () => {
  const arn = await cloud.put(OBEDIENT);
  const before = await answerOf(cloud.lambda, arn);

  const failed = await cloud.lambda.invoke(arn, JSON.stringify({ reject: true }));

  expect(failed).toMatchObject({ ok: false, kind: "exit" });
  expect(errorIn(failed.payload)).toEqual({
    errorType: "Runtime.UnhandledPromiseRejection",
    errorMessage: "RangeError: nobody listens",
  });
  expect(await answerOf(cloud.lambda, arn)).not.toBe(before);
  expect(jsonLog(cloud.logs)).toContainEqual(
    expect.objectContaining({
      level: "ERROR",
      requestId: failed.requestId,
      message: expect.objectContaining({
        errorType: "UnhandledPromiseRejection",
        reason: expect.objectContaining({ errorType: "RangeError" }),
      }),
    }),
  );
});

test("an uncaught exception ends the process, as on Lambda", async () => {
  const arn = await cloud.put(OBEDIENT);

  const failed = await cloud.lambda.invoke(arn, JSON.stringify({ crash: true }));

  expect(failed).toMatchObject({ ok: false, kind: "exit", errorType: "SyntaxError" });
  expect(errorIn(failed.payload).errorMessage).toBe("out of turn");
  expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: true });
});

test("a handler over its memory ends, and the next invocation works", async () => {
  const arn = await cloud.put(
    `export const handler = async (event) => {
       const kept = [];
       while (event.fill) kept.push(new Array(100_000).fill({}));
       return 1;
     };`,
    { memoryMb: 128 },
  );

  const failed = await cloud.lambda.invoke(arn, JSON.stringify({ fill: true }));

  expect(failed).toMatchObject({ ok: false, kind: "exit", errorType: "Runtime.ExitError" });
  expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: true });
});

test.for([
  ["throws", `throw new EvalError("no start");`, "EvalError", "no start"],
  ["has no such handler", "export const other = 1;", "Error", `Function "handler" not found`],
  ["exits", "process.exit(4);", "Runtime.ExitError", "exit status 4"],
  [
    "rejects",
    `Promise.reject(new Error("early")); await new Promise((r) => setTimeout(r, 5000));`,
    "Runtime.UnhandledPromiseRejection",
    "Error: early",
  ],
] as const)(
  "code that %s while it is loaded fails the invocation with that error",
  async ([, source, errorType, sentence]) => {
    const arn = await cloud.put(source);

    const failed = await cloud.lambda.invoke(arn, "{}");

    expect(failed).toMatchObject({ ok: false, kind: "init", errorType });
    expect(errorIn(failed.payload).errorMessage).toContain(sentence);
    expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: false, kind: "init" });
  },
);

test("an error while the code is loaded stands in the log", async () => {
  const arn = await cloud.put(`throw new EvalError("no start");`);

  await cloud.lambda.invoke(arn, "{}");

  expect(jsonLog(cloud.logs)).toContainEqual(
    expect.objectContaining({
      level: "ERROR",
      message: expect.objectContaining({ errorType: "EvalError", errorMessage: "no start" }),
    }),
  );
});

test("code that takes too long to load is ended", async () => {
  const hasty = await startLambda({ initLimitMs: 300 });
  try {
    const arn = await hasty.put(
      "await new Promise(() => setInterval(() => {}, 1000)); export const handler = 1;",
    );

    const failed = await hasty.lambda.invoke(arn, "{}");

    expect(failed).toMatchObject({ ok: false, kind: "init", errorType: "Sandbox.Timedout" });
  } finally {
    await hasty.stop();
  }
});

test("a process that dies between invocations costs none of them", async () => {
  const arn = await cloud.put(OBEDIENT);
  const ended = new Set<number>();

  for (let round = 0; round < 3; round += 1) {
    const pid = Number(await answerOf(cloud.lambda, arn));
    expect(ended).not.toContain(pid);
    ended.add(pid);
    process.kill(pid, "SIGKILL");
    // Until it was collected, nobody is told.
    await vi.waitUntil(() => !exists(pid), { timeout: 10_000, interval: 1 });
  }
});
