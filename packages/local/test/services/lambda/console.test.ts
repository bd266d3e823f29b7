/** The console of a handler, and the lines of the platform, in both of Lambda's formats. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { jsonLog, startLambda, type TestLambda } from "./lambda-harness.ts";

let cloud: TestLambda;

beforeEach(async () => {
  cloud = await startLambda();
});
afterEach(() => cloud.stop());

const handlerOf = (body: string): string => `export const handler = async (event) => {${body}};`;
const messages = (): string[] => cloud.logs.read("/aws/lambda/Function").map((e) => e.message);

// Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
test("JSON: each console call is one object with its level and request", async () => {
  const arn = await cloud.put(
    handlerOf(`
      console.log("plain");
      console.info({ message: "structured", count: 2 });
      console.warn("two", { parts: true });
      console.error("failed:", new RangeError("too far"));
      console.error(new TypeError("single"));
      console.debug(12345678901234567890n);
      console.trace("%s of %d", "three", 3);
      console.log("two\\nlines");
    `),
  );

  const { requestId } = await cloud.lambda.invoke(arn, "{}");

  const lines = jsonLog(cloud.logs).filter((line) => "level" in line);
  expect(lines.map(({ timestamp: _timestamp, ...line }) => line)).toEqual([
    { level: "INFO", requestId, message: "plain" },
    { level: "INFO", requestId, message: { message: "structured", count: 2 } },
    { level: "WARN", requestId, message: "two { parts: true }" },
    {
      level: "ERROR",
      requestId,
      message: expect.stringMatching(/^failed: RangeError: too far\n {4}at /),
      errorType: "RangeError",
      errorMessage: "too far",
      stackTrace: expect.arrayContaining(["RangeError: too far"]),
    },
    {
      level: "ERROR",
      requestId,
      message: {
        errorType: "TypeError",
        errorMessage: "single",
        stackTrace: expect.arrayContaining(["TypeError: single"]),
      },
    },
    { level: "DEBUG", requestId, message: "12345678901234567890n" },
    { level: "TRACE", requestId, message: "three of 3" },
    { level: "INFO", requestId, message: "two\nlines" },
  ]);
  for (const { timestamp } of lines) {
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
});

test("JSON: the platform frames each invocation with a start and a report", async () => {
  const arn = await cloud.put(handlerOf(`console.log("inside");`));

  const { requestId } = await cloud.lambda.invoke(arn, "{}");

  const [start, inside, report, ...more] = jsonLog(cloud.logs);
  expect(start).toEqual({
    time: expect.any(String),
    type: "platform.start",
    record: { requestId, functionArn: arn, version: "$LATEST" },
  });
  expect(inside).toMatchObject({ message: "inside" });
  expect(report).toEqual({
    time: expect.any(String),
    type: "platform.report",
    record: {
      requestId,
      metrics: {
        durationMs: expect.any(Number),
        billedDurationMs: expect.any(Number),
        memorySizeMB: 256,
        maxMemoryUsedMB: expect.any(Number),
        initDurationMs: expect.any(Number),
      },
      status: "success",
    },
  });
  expect(more).toEqual([]);
});

test("JSON: the report of a failure says what failed", async () => {
  const source = handlerOf(
    `if (event.hang) await new Promise(() => setInterval(() => {}, 1000)); throw new RangeError("x");`,
  );

  await cloud.lambda.invoke(await cloud.put(source), "{}");
  await cloud.lambda.invoke(await cloud.put(source, { timeoutSeconds: 1 }), `{"hang":true}`);

  const reports = jsonLog(cloud.logs).filter(({ type }) => type === "platform.report");
  expect(reports).toMatchObject([
    { record: { status: "error", errorType: "RangeError" } },
    { record: { status: "timeout" } },
  ]);
});

test("Text: lines are tabbed, an error is JSON, and the platform writes START, END and REPORT", async () => {
  const arn = await cloud.put(
    handlerOf(
      `console.warn("careful", { a: 1 }); console.log("two\\nlines"); throw new RangeError("x");`,
    ),
    { logFormat: "Text" },
  );

  const { requestId } = await cloud.lambda.invoke(arn, "{}");

  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  expect(messages()).toEqual([
    `START RequestId: ${requestId} Version: $LATEST`,
    expect.stringMatching(new RegExp(`^${time}\t${requestId}\tWARN\tcareful { a: 1 }$`)),
    expect.stringMatching(new RegExp(`^${time}\t${requestId}\tINFO\ttwo\nlines$`)),
    expect.stringMatching(
      new RegExp(
        `^${time}\t${requestId}\tERROR\tInvoke Error \t{"errorType":"RangeError","errorMessage":"x","stack":\\["RangeError: x",`,
      ),
    ),
    `END RequestId: ${requestId}`,
    expect.stringMatching(
      new RegExp(
        `^REPORT RequestId: ${requestId}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms\tStatus: error\tError Type: RangeError$`,
      ),
    ),
  ]);
});

test("Text: a timeout has a line of its own", async () => {
  const arn = await cloud.put(handlerOf(`await new Promise(() => setInterval(() => {}, 1000));`), {
    logFormat: "Text",
    timeoutSeconds: 1,
  });

  const { requestId } = await cloud.lambda.invoke(arn, "{}");

  expect(messages()).toContainEqual(
    expect.stringMatching(new RegExp(` ${requestId} Task timed out after 1\\.00 seconds$`)),
  );
});

test("what the code writes by itself passes as it is, a line at a time", async () => {
  const arn = await cloud.put(
    handlerOf(
      `process.stdout.write("one\\ntwo"); process.stderr.write("of stderr\\n"); process.stdout.write(" more\\n");`,
    ),
  );

  await cloud.lambda.invoke(arn, "{}");

  expect(messages()).toEqual(expect.arrayContaining(["one", "two more", "of stderr"]));
});

test("lines outside an invocation carry no request id", async () => {
  const arn = await cloud.put(`console.log("loading"); export const handler = async () => {};`);

  await cloud.lambda.invoke(arn, "{}");

  const line = jsonLog(cloud.logs).find(({ message }) => message === "loading");
  expect(line).toEqual({ timestamp: expect.any(String), level: "INFO", message: "loading" });
});

test("every line of a large log arrives, before the report of its invocation", async () => {
  const arn = await cloud.put(
    handlerOf(`for (let i = 0; i < 2000; i += 1) console.log(i + "x".repeat(1000));`),
  );

  await cloud.lambda.invoke(arn, "{}");

  const lines = jsonLog(cloud.logs);
  expect(lines).toHaveLength(2002);
  expect(lines.at(-2)?.["message"]).toMatch(/^1999x/);
  expect(lines.at(-1)).toMatchObject({ type: "platform.report" });
});

test("the last words of a process that ends itself are in the log", async () => {
  const arn = await cloud.put(handlerOf(`console.log("last words"); process.exit(1);`));

  await cloud.lambda.invoke(arn, "{}");

  expect(jsonLog(cloud.logs)).toContainEqual(expect.objectContaining({ message: "last words" }));
});

test("each environment writes to a stream of its own in the function's log group", async () => {
  const arn = await cloud.put(handlerOf(`console.log("x");`), { logGroup: "/custom/group" });

  await cloud.lambda.invoke(arn, "{}");
  await cloud.lambda.invoke(arn, "{}");

  const streams = cloud.logs.read("/custom/group").map(({ stream }) => stream);
  expect(new Set(streams).size).toBe(1);
});
