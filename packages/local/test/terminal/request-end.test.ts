/** Where a request ended, in one line. */
import { expect, test } from "vitest";
import type { RequestRecord } from "../../src/requests/record.ts";
import { requestLineOf } from "../../src/terminal/request-end.ts";
import { renderRequestLine } from "../../src/terminal/request-line.ts";
import { recorded, step } from "./recorded-request.ts";
import { plain, PREFIX } from "./rendered-line.ts";

const lambda = `${PREFIX}ExternalLambda`;
const invoked = [step("function", lambda), step("integration", lambda)];
const failed = { outcome: "failed" } as const;

function line(record: RequestRecord, servedAs?: (route: string) => string | undefined) {
  const found = requestLineOf(record, { prefix: PREFIX, servedAs });
  return found && renderRequestLine(found, plain);
}

const ending = " 41 ms request c78f5cfe";

test("a request that is served says as what, or else by which function", () => {
  const record = recorded(200, invoked);
  expect(line(record, () => "greeted")).toBe(`200 POST /lambda1 → greeted${ending}`);
  expect(line(record, () => undefined)).toBe(`200 POST /lambda1 → ExternalLambda${ending}`);
  const preflight = recorded(204, [step("integration", "MOCK")], { method: "OPTIONS" });
  expect(line(preflight, () => "greeted")).toBe(`204 OPTIONS /lambda1 → API Gateway${ending}`);
});

test.for([
  [
    "the firewall",
    recorded(403, [step("firewall", "Acl", "blocked by BodySize")]),
    "403 POST /lambda1 ✗ firewall: blocked by BodySize",
  ],
  [
    "the authorizer",
    recorded(401, [step("authorizer", "AGAuthorizer2", "token of another pool")]),
    "401 POST /lambda1 ✗ authorizer: token of another pool",
  ],
  [
    "a throttle",
    recorded(429, [step("throttle", "local", "more than 50 a second")]),
    "429 POST /lambda1 ✗ throttle: more than 50 a second",
  ],
  [
    "validation",
    recorded(400, [step("validation", "body", "[name is missing]")]),
    "400 POST /lambda1 ✗ validation: [name is missing]",
  ],
  [
    "an integration that may not be invoked",
    recorded(500, [step("integration", lambda, "no permission", failed)]),
    "500 POST /lambda1 ✗ integration: no permission",
  ],
  [
    "a function that threw",
    recorded(502, [
      step("function", lambda, "the function threw an error", {
        ...failed,
        facts: { errorType: "TypeError" },
      }),
      step("integration", lambda, "Internal server error", failed),
    ]),
    "502 POST /lambda1 ✗ ExternalLambda: the function threw an error (TypeError)",
  ],
  [
    "a function whose response is no response",
    recorded(502, [step("function", lambda), step("integration", lambda, "malformed", failed)]),
    "502 POST /lambda1 ✗ ExternalLambda: its response is malformed",
  ],
  [
    "a function of whose calls one was denied",
    recorded(502, [step("aws-call", "sns:Publish", "not authorized"), ...invoked]),
    "502 POST /lambda1 ✗ ExternalLambda: Not \\x1b[2J forwarded (sns:Publish: not authorized)",
  ],
  [
    "another function that failed meanwhile, which is not told",
    recorded(415, [step("function", `${PREFIX}InternalLambda`, "threw", failed), ...invoked]),
    "415 POST /lambda1 ✗ ExternalLambda: Not \\x1b[2J forwarded",
  ],
] as const)("a request that is stopped says by what and why: %s", ([, record, expected]) => {
  expect(line(record, () => "greeted")).toBe(`${expected}${ending}`);
});

test.for([
  ["no route has, as it was sent, without its query", undefined, "/lamda1?secret", 403, "/lamda1"],
  ["the function does not know, as it was sent", "/lambda1", "/lambda1/", 404, "/lambda1/"],
  ["is long, by its beginning", undefined, `/${"a".repeat(8_000)}`, 403, `/${"a".repeat(99)}…`],
  ["would move the terminal", undefined, "/a\u009b2J\u001b[31m", 403, "/a\\x9b2J\\x1b[31m"],
  ["a resource has, by the resource: parameters can be names", "/u/{id}", "/u/ada", 502, "/u/{id}"],
] as const)("a request is shown by the path that %s", ([, route, target, status, path]) => {
  const record = recorded(status, [step("route", "none", "there is none")], { route, target });
  expect(line(record)).toBe(`${status} POST ${path} ✗ route: there is none${ending}`);
});

test("an error without a problem document has no text of its own", () => {
  const response = {
    headers: [],
    body: Buffer.from("oh"),
    bodyBytes: 2,
    status: 500,
    durationMs: 1,
  };
  expect(line(recorded(500, invoked, { response }))).toBe(
    "500 POST /lambda1 ✗ ExternalLambda 1 ms request c78f5cfe",
  );
});

test("a long reason is shown by its beginning", () => {
  const record = recorded(403, [step("route", "none", "x".repeat(8_000))]);
  expect(line(record)).toBe(
    `403 POST /lambda1 ✗ ${`route: ${"x".repeat(8_000)}`.slice(0, 160)}…${ending}`,
  );
});

test("a request that is still served has no line", () => {
  expect(line(recorded(200, [], { response: undefined }))).toBeUndefined();
});
