/** Log events on a terminal. */
import { expect, test } from "vitest";
import { renderLogEvent } from "../../src/terminal/render.ts";
import { at, options, SST_GROUP, render, application, reportOf } from "./rendered-line.ts";

test("a line begins with the local time and the function's name", () => {
  expect(
    renderLogEvent({ group: SST_GROUP, stream: "s", timestamp: at, message: "x" }, options),
  ).toBe("09:05:07.043 InternalLambda   x");
});

test.for([
  ["/aws/lambda/plain-name", "plain-name"],
  ["/aws/lambda/app-stage-Worker-abcdefhk", "Worker"],
  ["/aws/lambda/secure-lambda-local-ExternalLambda", "ExternalLambda"],
  ["/aws/lambda/secure-lambda-local-my-function", "my-function"],
  ["/aws/lambda/another-app-local-Worker", "another-app-local-Worker"],
  ["aws-waf-logs-secure-lambda-local", "Firewall"],
  ["group", "group"],
  ["sns/us-east-1/000000000000/names/Failure", "names"],
  ["sns/us-east-1/000000000000/secure-lambda-local-Names/Failure", "Names"],
] as const)("the group %s is shown as %s", ([group, name]) => {
  expect(render("x", group)).toBe(`09:05:07.043 ${name.padEnd(16)} x`);
});

test.for([
  ["a text", { message: "hello" }, "hello"],
  ["a level other than INFO", { level: "WARN", message: "careful" }, "WARN careful"],
  ["a level that nobody knows", { level: "AUDIT", message: "hm" }, "AUDIT hm"],
  ["an object", { message: { message: "hi", n: 1, ok: true } }, "hi n=1 ok=true"],
  ["an object without a text", { message: { route: "/lambda1" } }, "route=/lambda1"],
  ["values that need quotes", { message: { a: "b c", d: 'e"f', g: "" } }, `a="b c" d="e\\"f" g=""`],
  ["nested values", { message: { a: { b: [1] } } }, `a={"b":[1]}`],
  ["a number", { message: 42 }, "42"],
] as const)("JSON: %s", ([, fields, expected]) => {
  expect(render(application(fields))).toBe(expected);
});

test("JSON: an error shows its type, its message, its fields and its stack", () => {
  const stackTrace = ["RangeError: too far", "    at one (a.ts:1:2)", "    at two (b.ts:3:4)"];
  const message = { errorType: "RangeError", errorMessage: "too far", stackTrace, code: "E1" };

  expect(render(application({ level: "ERROR", message }))).toBe(
    "ERROR RangeError: too far code=E1\n    at one (a.ts:1:2)\n    at two (b.ts:3:4)",
  );
});

test("JSON: a stack among the fields is shown below the line", () => {
  const error = { type: "TopicGoneError" };
  const stack = ["at one (a.ts:1:2)", "at two (b.ts:3:4)"];

  expect(render(application({ level: "ERROR", message: { message: "no", error, stack } }))).toBe(
    'ERROR no error={"type":"TopicGoneError"}\n    at one (a.ts:1:2)\n    at two (b.ts:3:4)',
  );
  expect(render(application({ message: { stack: ["hay", "straw"] } }))).toBe(
    'stack=["hay","straw"]',
  );
});

test("JSON: an error logged with a text is not shown twice", () => {
  const stackTrace = ["RangeError: too far", "    at one (a.ts:1:2)"];
  const message = "failed: RangeError: too far\n    at one (a.ts:1:2)";
  const error = { errorType: "RangeError", errorMessage: "too far", stackTrace };

  expect(render(application({ level: "ERROR", message, ...error }))).toBe(
    "ERROR failed: RangeError: too far\n    at one (a.ts:1:2)",
  );
});

test("JSON: the start of an invocation is not shown, its report is one short line", () => {
  const metrics = { durationMs: 12.345, billedDurationMs: 143, memorySizeMB: 256 };
  expect(render({ time: "…", type: "platform.start", record: {} })).toBeUndefined();
  expect(render(reportOf({ metrics, status: "success" }))).toBe("12 ms, 256 MB");
  expect(
    render(reportOf({ metrics: { ...metrics, initDurationMs: 130.4 }, status: "timeout" })),
  ).toBe("12 ms, 256 MB, cold 130 ms timeout");
});

test("Text: level and text are shown, START and END are not, REPORT is one short line", () => {
  const id = "8f5";
  const report = `REPORT RequestId: ${id}\tDuration: 12.34 ms\tBilled Duration: 143 ms\tMemory Size: 256 MB`;

  expect(render(`2026-11-22T09:05:07.043Z\t${id}\tWARN\tcareful`)).toBe("WARN careful");
  expect(render(`START RequestId: ${id} Version: $LATEST`)).toBeUndefined();
  expect(render(`END RequestId: ${id}`)).toBeUndefined();
  expect(render(report)).toBe("12 ms, 256 MB");
  expect(render(`${report}\tInit Duration: 130.00 ms\tStatus: error`)).toBe(
    "12 ms, 256 MB, cold 130 ms error",
  );
});

test.for([
  ["colors", "\u001b[31mred", "\\x1b[31mred"],
  ["a new line", "one\ntwo", "one\\ntwo"],
  ["a return of the cursor", "one\rtwo", "one\\rtwo"],
  ["a C1 control", "a\u009b2Jb", "a\\x9b2Jb"],
  ["a deletion", "a\u007fb", "a\\x7fb"],
  ["a line separator", "a\u2028b", "a\\u2028b"],
  ["a reordering mark", "a\u202eb", "a\\u202eb"],
  ["half a character", "a\ud800b", "a\\ud800b"],
] as const)("%s in an event is escaped wherever it stands", ([, name, shown]) => {
  const stack = ["Error: x", `    at ${name}`];
  const error = { errorType: name, errorMessage: "x", stackTrace: stack };

  expect(render(name)).toBe(shown);
  expect(render(application({ message: `Hello ${name}.` }))).toBe(`Hello ${shown}.`);
  expect(render(application({ level: name }))).toBe(shown);
  expect(render(application({ message: error }))).toContain(`\n    at ${shown}`);
  for (const fields of [{ [name]: 1 }, { key: name }, { key: { [name]: name } }]) {
    expect(render(application({ message: fields }))).not.toContain(name);
  }
  expect(render("x", `/aws/lambda/${name}`)).not.toContain(name);
});

test.for(["👩‍👩‍👧‍👦", "שלום", "é", "日本語"])("the name %s is shown as it is", (name) => {
  expect(render(application({ message: `Hello ${name}.` }))).toBe(`Hello ${name}.`);
});

test("with styles, a level is colored and fields are dim; the text is unchanged", () => {
  const message = JSON.stringify(application({ level: "ERROR", message: { message: "no", n: 1 } }));

  const rendered = renderLogEvent(
    { group: SST_GROUP, stream: "s", timestamp: at, message },
    { ...options, style: (style, text) => `<${style}>${text}</>` },
  );

  expect(rendered).toBe(
    "<dim>09:05:07.043</> <cyan>InternalLambda  </> <red>ERROR</> no <dim>n=1</>",
  );
});

const delivery = (status: string) => ({
  notification: { messageMD5Sum: "1a38…", messageId: "m-1", topicArn: "arn", timestamp: "…" },
  delivery: { destination: "arn:fn", providerResponse: '{"ErrorCode":"AccessDenied"}' },
  status,
});

test("of SNS's own lines, failures are shown in words, unless the local cloud has said so already", () => {
  expect(render(delivery("FAILURE"))).toBe(
    'ERROR A message was not delivered to arn:fn: {"ErrorCode":"AccessDenied"} messageId=m-1',
  );
  expect(render(delivery("FAILURE"), SST_GROUP, "s", { showsRequests: true })).toBeUndefined();
  expect(render(delivery("SUCCESS"))).toBeUndefined();
});

/** The documented form, shortened (COGNITO/exporting-quotas-and-usage). */
const activity = (fields: Readonly<Record<string, string>>) => ({
  eventTimestamp: "1792489441000",
  eventSource: "USER_ACTIVITY",
  logLevel: "INFO",
  message: {
    version: "1",
    eventId: "e-1",
    eventType: "SignIn",
    userSub: "u-1",
    eventResponse: "Pass",
    riskLevel: "",
    riskDecision: "PASS",
    challenges: [{ challengeName: "Password", challengeResponse: "Success" }],
    ipAddress: "192.0.2.1",
    compromisedCredentialDetected: "false",
    ...fields,
  },
  logSourceId: { userPoolId: "pool-1" },
});

test("of what a user does, Cognito's line shows the kind, the outcome, the user and the address", () => {
  expect(render(activity({}))).toBe("SignIn Pass userSub=u-1 ipAddress=192.0.2.1");
});

test("of what a user does, Cognito's line shows a risk, and a password that others know", () => {
  const blocked = {
    eventResponse: "Fail",
    riskLevel: "High",
    riskDecision: "BLOCK",
    compromisedCredentialDetected: "true",
  };
  expect(render(activity(blocked))).toBe(
    "WARN SignIn Fail userSub=u-1 ipAddress=192.0.2.1 riskLevel=High riskDecision=BLOCK compromisedCredentialDetected=true",
  );
});
