/** Functions that instrument themselves: they report to the daemon by UDP. */
import { afterEach, expect, test } from "vitest";
import { only, outline, publisher, startTracedApp, type TracedApp } from "./traced-app.ts";

/** The subsegment that functions report. */
const mine = "00000000000000aa";

let app: TracedApp;
afterEach(() => app.stop());

/** Sends documents as AWS's X-Ray SDK does; `header` and `segment` may be changed before. */
const report = `
  const [root, parent] = [/Root=([^;]+)/, /Parent=([^;]+)/].map((part) => part.exec(trace())[1]);
  const seconds = Date.now() / 1000;
  const mine = { id: "${mine}", name: "work", trace_id: root, parent_id: parent,
    type: "subsegment", start_time: seconds, end_time: seconds, annotations: { kind: "greeting" } };
  const [address, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(":");
  const send = (document, line = '{"format":"json","version":1}') => new Promise((sent) => {
    const socket = dgram.createSocket("udp4");
    const text = line + "\\n" + (typeof document === "string" ? document : JSON.stringify(document));
    socket.send(text, Number(port), address, () => socket.close(sent));
  });
`;

// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html
test("a document that a function sends becomes part of its invocation", async () => {
  app = await startTracedApp({ publisher: publisher(`${report} await send(mine);`) });
  const { id } = await app.post();
  await expect
    .poll(async () => outline(await app.trace(id, "AWS::Lambda::Function", 2)))
    .toContainEqual(expect.stringMatching(/^ +work$/));
  const segments = await app.trace(id, "AWS::Lambda::Function", 2);
  const [external] = [only(segments, "External", "AWS::Lambda::Function")];
  expect(only([only([external], "Invocation")], "work")).toMatchObject({
    annotations: { kind: "greeting" },
  });
});

// Source: https://github.com/aws/aws-xray-sdk-node
test("a call that a function reports itself is there once", async () => {
  const reportsCalls = `
    ${report}
    sns.middlewareStack.add((next) => async (args) => {
      const { response, output } = await next(args);
      const { requestId: request_id } = output.$metadata;
      await send({ ...mine, name: "SNS", namespace: "aws", aws: { request_id, mine: true } });
      return { response, output };
    }, { step: "initialize", name: "reports", override: true });`;
  app = await startTracedApp({ publisher: publisher(reportsCalls) });
  const { id } = await app.post();
  const reported = async () =>
    (await app.trace(id, "AWS::Lambda::Function", 2))
      .flatMap(({ subsegments = [] }) => subsegments)
      .flatMap(({ subsegments = [] }) => subsegments.filter(({ name }) => name === "SNS"));
  await expect.poll(reported).toMatchObject([{ aws: { mine: true } }]);
});

test("a call whose header names a subsegment of the function's own is not observed", async () => {
  const names = `
    ${report}
    sns.middlewareStack.add((next) => (args) => {
      args.request.headers["X-Amzn-Trace-Id"] = "Root=" + root + ";Parent=" + mine.id + ";Sampled=1";
      return next(args);
    }, { step: "build", name: "names", override: true });
    await send({ ...mine, name: "SNS", namespace: "aws" });`;
  app = await startTracedApp({ publisher: publisher(names) });
  const { id } = await app.post();
  const segments = await app.trace(id, "AWS::Lambda::Function", 2);
  await expect
    .poll(async () => outline(await app.trace(id, "AWS::Lambda::Function", 2)))
    .toContainEqual(expect.stringMatching(/^ +SNS$/));
  expect(segments.filter((one) => one.parent_id === mine && one.inferred !== true)).toMatchObject([
    { name: "Internal", origin: "AWS::Lambda" },
  ]);
});

test.each([
  [
    "without the daemon's header",
    `await send({ ...mine, id: "00000000000000bb" }, '{"format":"csv"}');`,
  ],
  ["that is no JSON", `await send("{");`],
  ["without a name", `await send({ ...mine, id: "00000000000000bb", name: undefined });`],
  [
    "of a trace in which it does not run",
    `await send({ ...mine, trace_id: "1-65a1b2c3-0123456789abcdef01234567" });`,
  ],
])("a document %s is dropped, and the next one is not", async (_, wrong) => {
  app = await startTracedApp({ publisher: publisher(`${report} ${wrong} await send(mine);`) });
  const { id } = await app.post();
  const segments = async () => app.trace(id, "AWS::Lambda::Function", 2);
  await expect
    .poll(async () => outline(await segments()))
    .toContainEqual(expect.stringMatching(/^ +work$/));
  expect(outline(await segments()).filter((line) => line.includes("work"))).toHaveLength(1);
  expect(app.traces()).toEqual([id]);
});

// Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
test("the daemon is there once a function has active tracing, and functions find it", async () => {
  const shows = `export const handler = async () => ({
    statusCode: 200,
    body: JSON.stringify([process.env.AWS_XRAY_DAEMON_ADDRESS, process.env.AWS_XRAY_CONTEXT_MISSING]),
  });`;
  app = await startTracedApp({ publisher: shows });
  expect(JSON.parse((await app.post()).body)).toEqual([
    expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    "LOG_ERROR",
  ]);
  await app.stop();
  app = await startTracedApp({ publisher: shows, functions: "PassThrough" });
  expect(JSON.parse((await app.post()).body)).toEqual([null, "LOG_ERROR"]);
});
