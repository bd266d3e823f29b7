/** Requests on a terminal: lines of the firewall and of the access log. */
import { expect, test } from "vitest";
import { at, SST_GROUP, render } from "./rendered-line.ts";

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
  [
    "a long path",
    { action: "BLOCK", httpRequest: { httpMethod: "GET", uri: `/${"a".repeat(8_000)}` } },
    `BLOCK GET /${"a".repeat(95)}…`,
  ],
  [
    "a request that a rule would block if it did not count",
    { nonTerminatingMatchingRules: [{ ruleId: "BodySize", action: "COUNT" }] },
    "ALLOW POST /local/lambda1 BodySize (COUNT)",
  ],
  [
    "a request from a counted network that another rule matches, by only that rule",
    {
      nonTerminatingMatchingRules: [
        { ruleId: "CountNetworks", action: "COUNT" },
        { ruleId: "RateLimit", action: "COUNT" },
      ],
    },
    "ALLOW POST /local/lambda1 RateLimit (COUNT)",
  ],
] as const)("JSON: %s is one short line of the firewall", ([, more, expected]) => {
  expect(render(firewallLine(more))).toBe(expected);
});

test.for([
  ["no rule matches", {}],
  [
    "a rule counts the requests of its network",
    { nonTerminatingMatchingRules: [{ ruleId: "CountNetworks", action: "COUNT" }] },
  ],
  [
    "a managed group matches nothing",
    { ruleGroupList: [{ terminatingRule: null, nonTerminatingMatchingRules: [] }] },
  ],
] as const)("JSON: a request that the firewall lets pass when %s is not shown", ([, more]) => {
  expect(render(firewallLine(more))).toBeUndefined();
});

const servedAs = (route: string) => (route === "/lambda1" ? "greeted" : undefined);

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
  ["a request", {}, "200 POST /lambda1 → greeted 192 ms request c78f5cfe"],
  ["one of another route", { resource: "/a" }, "200 POST /a 192 ms request c78f5cfe"],
  [
    "one that its function refused",
    { status: "400" },
    "400 POST /lambda1 ✗ function 192 ms request c78f5cfe",
  ],
  [
    "one that failed",
    { status: "401", error: "UNAUTHORIZED" },
    "401 POST /lambda1 ✗ UNAUTHORIZED 192 ms request c78f5cfe",
  ],
  [
    "one for no resource, without a latency",
    { resource: "-", status: "403", latency: "-", error: "WAF_FILTERED" },
    "403 POST (no resource) ✗ WAF_FILTERED request c78f5cfe",
  ],
  [
    "one with a new line in it",
    { resource: "/a\nb", status: "502", error: "A\u001b[2J" },
    "502 POST /a\\nb ✗ A\\x1b[2J 192 ms request c78f5cfe",
  ],
] as const)("JSON: %s is one short line of the access log", ([, more, expected]) => {
  expect(render({ ...accessLine, ...more }, SST_GROUP, "access", { servedAs })).toBe(expected);
});

test("a line of an execution log ends with the request, as others do", () => {
  const line = `(${accessLine.requestId}) Gateway response type: UNAUTHORIZED\n`;
  const group = "API-Gateway-Execution-Logs_abc/local";
  expect(render(line, group)?.slice(13)).toBe(
    "Api              Gateway response type: UNAUTHORIZED\\n request c78f5cfe",
  );
});

test.for([
  ["a request", accessLine, "access"],
  ["a request in an unknown format", { route: "GET /a" }, "access"],
  ["a request that the firewall blocked", firewallLine({ action: "BLOCK" }), "s"],
] as const)("where requests are shown already, %s is not shown again", ([, line, stream]) => {
  expect(render(line, SST_GROUP, stream)).not.toBeUndefined();
  expect(render(line, SST_GROUP, stream, { showsRequests: true })).toBeUndefined();
});

test("where requests are shown already, what the firewall counted is shown as well", () => {
  const line = firewallLine({ terminatingRuleId: "Office" });
  expect(render(line, SST_GROUP, "s", { showsRequests: true })).toBe(
    "ALLOW POST /local/lambda1 Office",
  );
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
  expect(render(line, SST_GROUP, "access")).toBe("502 GET /users/{id} 12 ms request c78f5cfe");
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

test("a line of the execution log is one of the API", () => {
  const group = "API-Gateway-Execution-Logs_a1/local";
  expect(render("(1a) Unauthorized request: 1a", group)).toBe(
    "09:05:07.043 Api              (1a) Unauthorized request: 1a",
  );
});
