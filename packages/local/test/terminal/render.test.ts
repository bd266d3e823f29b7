/** Log events on a terminal. */
import { expect, test } from "vitest";
import { renderLogEvent } from "../../src/terminal/render.ts";

const plain = (_style: string, text: string) => text;
const at = new Date(2026, 10, 22, 9, 5, 7, 43).getTime();
const PREFIX = "secure-lambda-local-";
const SST_GROUP = "/aws/lambda/secure-lambda-local-InternalLambdaFunction-bcdfhkmn";

/** Renders without color, and without the head when that is as it should be. */
function render(message: string | object, group = SST_GROUP, stream = "s"): string | undefined {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  const rendered = renderLogEvent(
    { group, stream, timestamp: at, message: text },
    { style: plain, prefix: PREFIX },
  );
  return rendered?.replace(/^09:05:07\.043 InternalLambda {3}/, "");
}

const application = (fields: object): object => ({
  timestamp: "2026-11-22T09:05:07.043Z",
  level: "INFO",
  requestId: "8f5…",
  ...fields,
});

const reportOf = (record: object): object => ({ time: "…", type: "platform.report", record });

test("a line begins with the local time and the function's name", () => {
  expect(
    renderLogEvent(
      { group: SST_GROUP, stream: "s", timestamp: at, message: "x" },
      { style: plain, prefix: PREFIX },
    ),
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

const firewallLine = (more: object): object => ({
  timestamp: at,
  webaclId: "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/Firewall/1",
  action: "ALLOW",
  terminatingRuleId: "Default_Action",
  nonTerminatingMatchingRules: [],
  httpRequest: { httpMethod: "POST", uri: "/local/lambda1", headers: [] },
  ...more,
});

test.for([
  [
    "a request that a rule blocks",
    { action: "BLOCK", terminatingRuleId: "BodySize" },
    "BLOCK POST /local/lambda1 BodySize",
  ],
  ["a request that is blocked by default", { action: "BLOCK" }, "BLOCK POST /local/lambda1"],
  [
    "a request that has to show that a person sent it",
    { action: "CAPTCHA", terminatingRuleId: "Humans" },
    "CAPTCHA POST /local/lambda1 Humans",
  ],
  [
    "a request that a rule allows",
    { terminatingRuleId: "Office" },
    "ALLOW POST /local/lambda1 Office",
  ],
  [
    "a request in which a managed group that counts knows an attack",
    {
      nonTerminatingMatchingRules: [{ ruleId: "KnownBadInputs", action: "COUNT" }],
      ruleGroupList: [
        {
          ruleGroupId: "AWS#AWSManagedRulesKnownBadInputsRuleSet",
          terminatingRule: { ruleId: "Log4JRCE_HEADER", action: "BLOCK" },
          nonTerminatingMatchingRules: [],
        },
      ],
    },
    "ALLOW POST /local/lambda1 KnownBadInputs (COUNT) Log4JRCE_HEADER",
  ],
  [
    "a request with a rule of a managed group that is set to count",
    {
      ruleGroupList: [
        {
          ruleGroupId: "AWS#AWSManagedRulesCommonRuleSet",
          terminatingRule: null,
          nonTerminatingMatchingRules: [{ ruleId: "SizeRestrictions_BODY", action: "COUNT" }],
        },
      ],
    },
    "ALLOW POST /local/lambda1 SizeRestrictions_BODY",
  ],
  [
    "a path with a new line",
    { action: "BLOCK", httpRequest: { httpMethod: "GET", uri: "/a\nb" } },
    "BLOCK GET /a\\nb",
  ],
] as const)("JSON: %s is one short line of the firewall", ([, more, expected]) => {
  expect(render(firewallLine(more))).toBe(expected);
});

test.for([
  ["no rule matches", {}],
  [
    "a rule of the app counts",
    { nonTerminatingMatchingRules: [{ ruleId: "CountNetworks", action: "COUNT" }] },
  ],
  [
    "a managed group matches nothing",
    { ruleGroupList: [{ terminatingRule: null, nonTerminatingMatchingRules: [] }] },
  ],
] as const)("JSON: a request that the firewall lets pass when %s is not shown", ([, more]) => {
  expect(render(firewallLine(more))).toBeUndefined();
});

const accessLine = {
  time: "22/Nov/2026:09:05:07 +0000",
  requestId: "c78f5cfe-5d50-4c3e-aaf9-68a73f4b8f96",
  traceId: "1-6b03d9da-d014ef153be2f207c8df464b",
  ip: "127.0.0.1",
  method: "POST",
  resource: "/lambda1",
  status: "200",
  latency: "192",
  responseLength: "144",
  error: "-",
  subject: "dd0846a2-ee1f-4755-b534-11f7e367afe4",
};

test.for([
  ["a request", {}, "POST /lambda1 200 192 ms request c78f5cfe"],
  [
    "one that failed",
    { status: "401", error: "UNAUTHORIZED" },
    "POST /lambda1 401 192 ms UNAUTHORIZED request c78f5cfe",
  ],
  [
    "one for no resource, without a latency",
    { resource: "-", status: "403", latency: "-", error: "WAF_FILTERED" },
    "POST - 403 WAF_FILTERED request c78f5cfe",
  ],
  [
    "one with a new line in it",
    { resource: "/a\nb", error: "A\u001b[2J" },
    "POST /a\\nb 200 192 ms A\\x1b[2J request c78f5cfe",
  ],
] as const)("JSON: %s is one short line of the access log", ([, more, expected]) => {
  expect(render({ ...accessLine, ...more }, SST_GROUP, "access")).toBe(expected);
});

test("JSON: a request in the access log format of SST itself is the same short line", () => {
  const line = {
    requestTime: "22/Nov/2026:09:05:07 +0000",
    requestId: "c78f5cfe-5d50-4c3e-aaf9-68a73f4b8f96",
    httpMethod: "GET",
    path: "/local/users/7",
    resourcePath: "/users/{id}",
    status: 502,
    responseLatency: 12,
    ip: "127.0.0.1",
  };
  expect(render(line, SST_GROUP, "access")).toBe("GET /users/{id} 502 12 ms request c78f5cfe");
});

test("JSON: a function's line that looks like one of the access log keeps its fields", () => {
  const line = { method: "GET", resource: "/a", status: 200, user: "7" };
  expect(render(line)).toBe("method=GET resource=/a status=200 user=7");
});

test("JSON: a line of an access log in another format keeps its fields", () => {
  expect(render({ route: "GET /a", code: "200" }, SST_GROUP, "access")).toBe(
    'route="GET /a" code=200',
  );
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
    { style: (style, text) => `<${style}>${text}</>`, prefix: PREFIX },
  );

  expect(rendered).toBe(
    "<dim>09:05:07.043</> <cyan>InternalLambda  </> <red>ERROR</> no <dim>n=1</>",
  );
});
