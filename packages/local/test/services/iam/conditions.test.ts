/**
 * Every operator, against a key that a call has, has not, and of which nothing is known.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { describe, expect, it } from "vitest";
import { evaluateCondition, type ConditionResult } from "../../../src/services/iam/conditions.ts";
import { contextOf } from "../../../src/services/iam/context.ts";
import { unevaluatedConditions } from "../../../src/services/iam/unevaluated.ts";

const queue = "arn:aws:sqs:eu-west-1:000000000000:letters";
const topic = "arn:aws:sns:eu-west-1:000000000000:names";
const role = "arn:aws:iam::000000000000:role/team/Sender";

const sourceFunction = "arn:aws:lambda:eu-west-1:000000000000:function:Fn";

const asRole = contextOf({ kind: "role", arn: role, session: "Fn" }, queue);
const asCode = contextOf({ kind: "role", arn: role, session: "Fn", sourceFunction }, queue);
const asRoot = contextOf({ kind: "root", account: "000000000000" }, queue);
const sns = { kind: "service", name: "sns.amazonaws.com", sourceArn: topic } as const;
const asService = contextOf(sns, queue);

const principal = "aws:PrincipalArn";

describe("a key that the call has", () => {
  it.each<[operator: string, value: string, result: ConditionResult]>([
    ["StringEquals", role, "met"],
    ["StringEquals", role.toLowerCase(), "unmet"],
    ["StringEquals", "arn:*", "unmet"],
    ["StringNotEquals", role, "unmet"],
    ["StringNotEquals", "arn:*", "met"],
    ["StringEqualsIgnoreCase", role.toUpperCase(), "met"],
    ["StringNotEqualsIgnoreCase", role.toUpperCase(), "unmet"],
    ["StringLike", "arn:*/Send??", "met"],
    ["StringLike", "arn:*/Send?", "unmet"],
    ["StringLike", "arn.*", "unmet"],
    ["StringNotLike", "arn:*", "unmet"],
    ["StringNotLike", "arn:*:user/*", "met"],
    ["ArnEquals", role, "met"],
    ["ArnEquals", "arn:aws:iam::*:role/*", "met"],
    ["ArnLike", "arn:aws:iam::*:role/*", "met"],
    ["ArnLike", "arn:*:role/*", "unmet"],
    ["ArnNotEquals", role, "unmet"],
    ["ArnNotEquals", `${role}2`, "met"],
    ["ArnNotLike", "arn:aws:iam::*:role/*", "unmet"],
    ["Null", "false", "met"],
    ["Null", "true", "unmet"],
    ["StringEqualsIfExists", role, "met"],
    ["StringEqualsIfExists", "other", "unmet"],
    ["ArnNotLikeIfExists", role, "unmet"],
    ["IpAddress", "10.0.0.0/8", "unknown"],
    ["NumericLessThan", "7", "unknown"],
    ["NullIfExists", "true", "unknown"],
  ])("%s %s is %s", (operator, value, result) => {
    expect(evaluateCondition({ [operator]: { [principal]: [value] } }, asRole)).toBe(result);
  });

  it("goes by its name in any case", () => {
    expect(evaluateCondition({ ArnEquals: { "AWS:principalarn": [role] } }, asRole)).toBe("met");
  });
});

describe("a key that the call has not", () => {
  it.each<[operator: string, result: ConditionResult]>([
    ["StringEquals", "unmet"],
    ["StringLike", "unmet"],
    ["ArnLike", "unmet"],
    ["Bool", "unmet"],
    ["StringNotEquals", "met"],
    ["StringNotLike", "met"],
    ["ArnNotEquals", "met"],
    ["ArnNotLike", "met"],
    ["StringEqualsIfExists", "met"],
    ["ArnLikeIfExists", "met"],
    ["BoolIfExists", "met"],
    ["StringNotLikeIfExists", "met"],
  ])("makes %s %s", (operator, result) => {
    expect(evaluateCondition({ [operator]: { "aws:SourceArn": ["*"] } }, asRole)).toBe(result);
  });

  it("is null", () => {
    expect(evaluateCondition({ Null: { "aws:SourceArn": ["true"] } }, asRole)).toBe("met");
    expect(evaluateCondition({ Null: { "aws:SourceArn": ["false"] } }, asRole)).toBe("unmet");
  });
});

it.each(["StringEquals", "StringNotEquals", "StringEqualsIfExists", "Null", "Bool"])(
  "%s of a key of which nothing is known is not decided",
  (operator) => {
    expect(evaluateCondition({ [operator]: { "aws:SourceIp": ["true"] } }, asRole)).toBe("unknown");
  },
);

describe("several", () => {
  const account = "aws:PrincipalAccount";

  it("values: one is enough, and a negated operator takes none", () => {
    expect(evaluateCondition({ StringEquals: { [principal]: ["other", role] } }, asRole)).toBe(
      "met",
    );
    expect(evaluateCondition({ StringNotEquals: { [principal]: ["other", role] } }, asRole)).toBe(
      "unmet",
    );
  });

  it.each<[string, object, ConditionResult]>([
    ["keys that hold", { ArnEquals: { [principal]: [role], [account]: ["x"] } }, "unmet"],
    [
      "operators that hold",
      { ArnLike: { [principal]: [role] }, Null: { [account]: ["false"] } },
      "met",
    ],
    [
      "and one that does not",
      { ArnLike: { [principal]: [role] }, Null: { [account]: ["true"] } },
      "unmet",
    ],
    [
      "and one that is not known",
      { ArnLike: { [principal]: [role] }, Bool: { x: ["true"] } },
      "unknown",
    ],
    [
      "of which one fails and one is not known",
      { ArnLike: { [principal]: ["a"] }, Bool: { x: ["a"] } },
      "unmet",
    ],
  ])("%s", (_, condition, result) => {
    expect(evaluateCondition({ ...condition }, asRole)).toBe(result);
  });

  it("are none in a statement without a condition", () => {
    expect(evaluateCondition(undefined, asRole)).toBe("met");
  });
});

/** Values as conditions have them. */
const listed = (keys: object) =>
  Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, [String(value)]]));

describe("what a call has", () => {
  it.each([
    ["a function", asRole, { "aws:PrincipalArn": role, "aws:PrincipalAccount": "000000000000" }],
    ["a function's code", asCode, { "lambda:SourceFunctionArn": sourceFunction }],
    ["the operator", asRoot, { "aws:PrincipalArn": "arn:aws:iam::000000000000:root" }],
    ["SNS", asService, { "aws:SourceArn": topic }],
    ["anybody", asService, { "aws:SecureTransport": "true", "aws:RequestedRegion": "eu-west-1" }],
  ])("by %s", (_, context, keys) => {
    expect(evaluateCondition({ StringEquals: listed(keys) }, context)).toBe("met");
  });

  it("has no source where no service calls, and no principal's ARN where one does", () => {
    for (const key of ["aws:SourceArn", "aws:SourceAccount"]) {
      expect(evaluateCondition({ Null: { [key]: ["true"] } }, asRole)).toBe("met");
    }
    // No source says that SNS sends aws:SourceAccount.
    for (const key of [principal, "aws:SourceAccount"]) {
      expect(evaluateCondition({ Null: { [key]: ["true"] } }, asService)).toBe("met");
    }
  });

  it.each([
    ["Lambda with a function's role", asRole],
    ["the operator", asRoot],
    ["a service", asService],
  ])("has no function where %s calls", (_, context) => {
    const condition = { Null: { "lambda:SourceFunctionArn": ["true"] } };
    expect(evaluateCondition(condition, context)).toBe("met");
  });

  it("says nothing of the Region where the resource has none", () => {
    const context = contextOf(sns, "*");
    expect(evaluateCondition({ Null: { "aws:RequestedRegion": ["true"] } }, context)).toBe(
      "unknown",
    );
  });
});

const policy = (Condition: object) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Condition }, { Effect: "Deny" }] });

it("names the conditions that cannot be told, and no others", () => {
  expect(
    unevaluatedConditions(
      policy({
        ArnLike: { "aws:SourceArn": topic, "aws:PrincipalTag/team": "a" },
        IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
        NumericEquals: { "aws:SourceAccount": "1" },
        Null: { "aws:principalarn": "true" },
      }),
    ),
  ).toEqual([
    "ArnLike aws:PrincipalTag/team",
    "IpAddress aws:SourceIp",
    "NumericEquals aws:SourceAccount",
  ]);
  expect(unevaluatedConditions("{}")).toEqual([]);
});
