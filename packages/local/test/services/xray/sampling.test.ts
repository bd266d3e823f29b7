/** Which requests are traced: as the tracing header says, and else as the stage and the function are set. */
import { afterEach, expect, test } from "vitest";
import { outline, startTracedApp, type TracedApp } from "./traced-app.ts";

let app: TracedApp;
afterEach(() => app.stop());

const root = "1-65a1b2c3-0123456789abcdef01234567";
const header = (sampled: 0 | 1) => ({ "x-amzn-trace-id": `Root=${root};Sampled=${sampled}` });

// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html
test("a request whose header says so is not traced, and everything behind it gets that decision", async () => {
  app = await startTracedApp({ topic: "Active" });
  const { body, header: answered } = await app.post(header(0));
  expect(body).toMatch(new RegExp(`^Root=${root};Parent=\\w{16};Sampled=0$`));
  expect(answered).toMatch(/Sampled=0$/);
  // A trace that comes later shows that nothing came before it.
  const { id } = await app.post();
  await app.trace(id, "AWS::Lambda::Function", 2);
  expect(app.traces()).toEqual([id]);
});

// Source: https://docs.aws.amazon.com/lambda/latest/api/API_TracingConfig.html
test("a function that passes through is traced only when its caller is", async () => {
  app = await startTracedApp({ functions: "PassThrough", stage: false });
  await app.post();
  await app.post(header(1));
  await app.trace(root, "AWS::Lambda::Function", 2);
  expect(app.traces()).toEqual([root]);
});

test("a function with active tracing begins a trace where the stage has none", async () => {
  app = await startTracedApp({ stage: false });
  const { id } = await app.post();
  const segments = await app.trace(id, "AWS::Lambda::Function", 2);
  expect(outline(segments)[0]).toBe("External AWS::Lambda");
});

// Source: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
test("a function whose role may not write segments has only what Lambda itself records", async () => {
  app = await startTracedApp({ actions: ["secretsmanager:*", "sns:*"] });
  const { id, status } = await app.post();
  expect(status).toBe(200);
  const segments = await app.trace(id, "AWS::Lambda::Function");
  expect(outline(segments).map((line) => line.trim())).toEqual(
    expect.arrayContaining(["External AWS::Lambda", "Internal AWS::Lambda::Function"]),
  );
  expect(outline(segments).join()).not.toMatch(/External AWS::Lambda::Function|SNS|Secrets/);
});

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html
test("a topic with active tracing records a segment, which is the parent of its subscribers'", async () => {
  app = await startTracedApp({ topic: "Active" });
  const { id } = await app.post();
  const segments = await app.trace(id, "AWS::Lambda::Function", 2);
  const lines = outline(segments).map((line) => line.trim());
  expect(lines.slice(lines.indexOf("SNS"), lines.indexOf("SNS") + 3)).toEqual([
    "SNS",
    "names AWS::SNS::Topic",
    "Internal AWS::Lambda",
  ]);
  expect(lines).not.toContain("SNS AWS::SNS");
});
