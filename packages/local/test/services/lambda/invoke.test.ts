/** Synchronous invocation: environments that are cold, warm, busy or limited. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { answerOf, errorIn, jsonLog, startLambda, type TestLambda } from "./lambda-harness.ts";

let cloud: TestLambda;

beforeEach(async () => {
  cloud = await startLambda();
});
afterEach(() => cloud.stop());

const COUNTING = `
  let calls = 0;
  export const handler = async (event) => ({ event, calls: ++calls, pid: process.pid });
`;
const WAITING = `
  export const handler = async () => {
    await fetch(process.env.AWS_ENDPOINT_URL + "/handler");
    return process.pid;
  };
`;

test("the first invocation is cold, the next one runs in the same process", async () => {
  const arn = await cloud.put(COUNTING);

  const first = await answerOf(cloud.lambda, arn, { n: 1 });
  const second = await answerOf(cloud.lambda, arn, { n: 2 });

  expect(first).toMatchObject({ event: { n: 1 }, calls: 1 });
  expect(second).toEqual({ event: { n: 2 }, calls: 2, pid: expect.any(Number) });
  const reports = jsonLog(cloud.logs).filter(({ type }) => type === "platform.report");
  expect(reports).toHaveLength(2);
  expect(reports[0]).toHaveProperty("record.metrics.initDurationMs");
  expect(reports[1]).not.toHaveProperty("record.metrics.initDurationMs");
});

test("what an environment loads first stays compiled for the local clouds after this one", async () => {
  const compileCache = join(cloud.folder, "compiled");
  const other = await startLambda({ compileCache });
  try {
    await answerOf(other.lambda, await other.put(COUNTING));
  } finally {
    await other.stop();
  }

  expect(await readdir(compileCache)).not.toEqual([]);
});

test("two invocations at once run in two processes, and both stay warm", async () => {
  const arn = await cloud.put(WAITING);

  const both = [answerOf(cloud.lambda, arn), answerOf(cloud.lambda, arn)];
  await cloud.gate.arrivals(2);
  cloud.gate.open();
  const pids = await Promise.all(both);

  expect(new Set(pids).size).toBe(2);
  expect(pids).toContain(await answerOf(cloud.lambda, arn));
});

test("an invocation over the reserved concurrency is throttled, and none after it", async () => {
  const arn = await cloud.put(WAITING, { reservedConcurrency: 1 });

  const first = answerOf(cloud.lambda, arn);
  const second = await cloud.lambda.invoke(arn, "{}");
  cloud.gate.open();
  await first;

  expect(second).toMatchObject({ ok: false, kind: "throttled" });
  expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: true });
});

test("a reserved concurrency of zero runs nothing", async () => {
  const arn = await cloud.put(COUNTING, { reservedConcurrency: 0 });

  expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: false, kind: "throttled" });
});

test("invocations over the number of processes wait for one", async () => {
  const small = await startLambda({ maxEnvironments: 1 });
  try {
    const arn = await small.put(WAITING);
    const both = Promise.all([answerOf(small.lambda, arn), answerOf(small.lambda, arn)]);
    await small.gate.arrivals(1);
    small.gate.open();

    const [first, second] = await both;
    expect(first).toBe(second);
  } finally {
    await small.stop();
  }
});

test("a handler that returns nothing answers null", async () => {
  const arn = await cloud.put("export const handler = async () => {};");

  expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: true, payload: "null" });
});

test("the handler's context names the function, its request and its remaining time", async () => {
  const arn = await cloud.put(
    `export const handler = async (event, context) =>
       ({ ...context, left: context.getRemainingTimeInMillis() });`,
    { name: "Contextual", timeoutSeconds: 700 },
  );

  const result = await cloud.lambda.invoke(arn, "{}");

  const context: unknown = JSON.parse(result.payload);
  expect(context).toMatchObject({
    awsRequestId: result.requestId,
    functionName: "Contextual",
    functionVersion: "$LATEST",
    invokedFunctionArn: arn,
    memoryLimitInMB: "256",
    logGroupName: "/aws/lambda/Contextual",
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
  });
  const { left } = z.object({ left: z.number() }).parse(context);
  expect(left).toBeGreaterThan(600_000);
  expect(left).toBeLessThanOrEqual(700_000);
});

test("a function is found by its name, its ARN and its ARN with $LATEST, and by no other", async () => {
  const arn = await cloud.put(COUNTING);

  for (const known of ["Function", arn, `${arn}:$LATEST`]) {
    expect(cloud.lambda.getFunction(known)?.version.settings.arn).toBe(arn);
  }
  for (const unknown of [
    "Other",
    `${arn}:1`,
    `${arn}:live`,
    arn.replace("us-east-1", "eu-west-1"),
  ]) {
    expect(cloud.lambda.getFunction(unknown)).toBeUndefined();
    expect(await cloud.lambda.invoke(unknown, "{}")).toMatchObject({ kind: "notFound" });
  }
});

// Source: https://docs.aws.amazon.com/lambda/latest/dg/API_Invoke.html
// Source: https://github.com/aws/aws-pdk/issues/771 (the code)
test("a request over 6 MB or one that is not JSON is rejected before any code runs", async () => {
  const arn = await cloud.put(COUNTING);
  const limit = 6 * 1024 * 1024;

  await expect(cloud.lambda.invoke(arn, `"${"x".repeat(limit - 1)}"`)).rejects.toMatchObject({
    code: "RequestEntityTooLargeException",
    message: `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
    status: 413,
  });
  await expect(cloud.lambda.invoke(arn, "{")).rejects.toMatchObject({
    code: "InvalidRequestContentException",
  });
  expect(cloud.logs.read("/aws/lambda/Function")).toEqual([]);
});

test("a request of 6 MB arrives whole, an answer over the limit fails", async () => {
  const arn = await cloud.put("export const handler = async (e) => e.large ? e.text + e.text : 1;");
  const text = "x".repeat(6 * 1024 * 1024 - 100);

  expect(await cloud.lambda.invoke(arn, JSON.stringify({ text }))).toMatchObject({ ok: true });
  const large = await cloud.lambda.invoke(arn, JSON.stringify({ large: true, text }));

  expect(large).toMatchObject({ ok: false, kind: "function" });
  expect(errorIn(large.payload)).toEqual({
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
  });
  expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: true, payload: "1" });
});

test("invocations whose payloads take too much memory are throttled, and none after them", async () => {
  const small = await startLambda({ maxEnvironments: 1 });
  try {
    const arn = await small.put(WAITING);
    const large = JSON.stringify("x".repeat(6 * 1024 * 1024 - 2));
    const waiting = Array.from({ length: 10 }, () => small.lambda.invoke(arn, large));
    expect(await small.lambda.invoke(arn, large)).toMatchObject({ ok: false, kind: "throttled" });
    small.gate.open();
    expect(await Promise.all(waiting)).toMatchObject(waiting.map(() => ({ ok: true })));
    expect(await small.lambda.invoke(arn, large)).toMatchObject({ ok: true });
  } finally {
    await small.stop();
  }
});
