/** Who may invoke a function, and how ARN patterns match. */
import { expect, test } from "vitest";
import { arnLike } from "../../../src/services/iam/patterns.ts";
import { createPermissions } from "../../../src/services/lambda/functions/permissions.ts";

const API = "arn:aws:execute-api:us-east-1:000000000000:abc123";
const TOPIC = "arn:aws:sns:us-east-1:000000000000:names";

test.for([
  [`${API}/*`, `${API}/prod/POST/lambda1`, true],
  [`${API}/*/*`, `${API}/prod/POST/lambda1`, true],
  [`${API}/*/POST/*`, `${API}/prod/GET/lambda1`, false],
  [`${API}/prod/POST/lambda?`, `${API}/prod/POST/lambda1`, true],
  [`${API}/prod/POST/lambda?`, `${API}/prod/POST/lambda12`, false],
  ["arn:aws:sns:*:*:*", TOPIC, true],
  ["arn:aws:sns:*", TOPIC, false],
  ["arn:aws:*:names", TOPIC, false],
  ["*", TOPIC, false],
  [TOPIC, TOPIC, true],
  [TOPIC, `${TOPIC}x`, false],
  [TOPIC, `${TOPIC}:subscription`, false],
  [`${TOPIC}:*`, `${TOPIC}:a:b`, true],
  ["arn:aws:sns:us.east.1:000000000000:names", TOPIC, false],
  [`${TOPIC}(`, `${TOPIC}(`, true],
  [TOPIC, "", false],
] as const)("the pattern %s against %s: %s", ([pattern, arn, matches]) => {
  expect(arnLike(pattern, arn)).toBe(matches);
});

const permission = {
  functionName: "Function",
  statementId: "topic",
  principal: "sns.amazonaws.com",
  action: "lambda:InvokeFunction",
  sourceArn: TOPIC,
};

test("the statements of a function are listed, those of another are not", () => {
  const permissions = createPermissions();
  permissions.add(permission);
  permissions.add({ ...permission, functionName: "Other" });
  expect(permissions.list("Function")).toEqual([permission]);
  expect(permissions.list("Nobody")).toEqual([]);
});

test("a function that has no statement may be invoked by nothing", () => {
  expect(createPermissions().allow("Function", "sns.amazonaws.com", TOPIC)).toBe(false);
});

test("a statement applies only to its function, principal and source", () => {
  const permissions = createPermissions();
  permissions.add(permission);

  expect(permissions.allow("Function", "sns.amazonaws.com", TOPIC)).toBe(true);
  expect(permissions.allow("Other", "sns.amazonaws.com", TOPIC)).toBe(false);
  expect(permissions.allow("Function", "apigateway.amazonaws.com", TOPIC)).toBe(false);
  expect(permissions.allow("Function", "sns.amazonaws.com", `${TOPIC}2`)).toBe(false);
});

test("a statement for another action does not let anything invoke", () => {
  const permissions = createPermissions();
  permissions.add({ ...permission, action: "lambda:GetFunction" });

  expect(permissions.allow("Function", "sns.amazonaws.com", TOPIC)).toBe(false);
});

test("a statement without a source holds for every source of its principal", () => {
  const permissions = createPermissions();
  permissions.add({ ...permission, sourceArn: undefined });

  expect(permissions.allow("Function", "sns.amazonaws.com", `${TOPIC}2`)).toBe(true);
  expect(permissions.allow("Function", "events.amazonaws.com", TOPIC)).toBe(false);
});

test("a removed statement no longer holds, and cannot be removed twice", () => {
  const permissions = createPermissions();
  permissions.add(permission);

  permissions.remove("Function", "topic");

  expect(permissions.allow("Function", "sns.amazonaws.com", TOPIC)).toBe(false);
  expect(() => permissions.remove("Function", "topic")).toThrow("is not found");
});

test("a statement id can be used once for each function", () => {
  const permissions = createPermissions();
  permissions.add(permission);

  expect(() => permissions.add(permission)).toThrow("already exists");
  expect(() => permissions.add({ ...permission, functionName: "Other" })).not.toThrow();
});
