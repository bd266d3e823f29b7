/** Calls for data. */
import { describe, expect, it } from "vitest";
import { createInvokeData } from "../../src/services/iam/resources/data-sources.ts";

const invoke = createInvokeData({ region: "eu-west-1", account: "000000000000" });

/** The statements of a policy document that is given some. */
const render = (...statements: object[]) => {
  const { json } = invoke("aws:iam/getPolicyDocument:getPolicyDocument", { statements });
  return JSON.parse(String(json)).Statement;
};
const who = (type: string, ...identifiers: string[]) => ({ type, identifiers });
const when = (variable: string, ...values: string[]) => ({
  test: "StringLike",
  variable,
  values,
});

describe("getPolicyDocument", () => {
  it("renders a statement as IAM writes it, one value without an array", () => {
    const { json } = invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
      statements: [
        {
          actions: ["sns:Publish"],
          resources: ["arn:a", "arn:b"],
          principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
          conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["true"] }],
        },
      ],
    });
    expect(JSON.parse(String(json))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: ["arn:a", "arn:b"],
          Principal: { Service: "lambda.amazonaws.com" },
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
      ],
    });
  });

  it("keeps every principal, of several types and of one type given twice", () => {
    const [statement] = render({
      effect: "Deny",
      sid: "Everybody",
      notActions: ["sns:Publish"],
      notResources: ["arn:a", "arn:b"],
      principals: [who("AWS", "arn:1"), who("Service", "sns.amazonaws.com"), who("AWS", "arn:2")],
    });
    expect(statement).toEqual({
      Effect: "Deny",
      Sid: "Everybody",
      NotAction: "sns:Publish",
      NotResource: ["arn:a", "arn:b"],
      Principal: { AWS: ["arn:1", "arn:2"], Service: "sns.amazonaws.com" },
    });
  });

  it.each([
    ["everybody", [who("*", "*")], "*"],
    ["every account", [who("AWS", "*")], { AWS: "*" }],
    [
      "every principal beside another one",
      [who("*", "*"), who("AWS", "arn:1")],
      { "*": "*", AWS: "arn:1" },
    ],
  ])("writes %s as the provider does", (_, principals, expected) => {
    expect(render({ principals })).toEqual([{ Effect: "Allow", Principal: expected }]);
    expect(render({ notPrincipals: principals })).toEqual([
      { Effect: "Allow", NotPrincipal: expected },
    ]);
  });

  it("keeps every condition, of several variables and of one variable given twice", () => {
    const conditions = [when("aws:a", "1"), when("aws:b", "2", "3"), when("aws:a", "4")];
    const exists = { test: "Null", variable: "aws:c", values: ["false"] };
    const [statement] = render({ actions: ["a:b"], conditions: [...conditions, exists] });
    expect(statement).toMatchObject({
      Condition: {
        StringLike: { "aws:a": ["1", "4"], "aws:b": ["2", "3"] },
        Null: { "aws:c": "false" },
      },
    });
  });

  it("writes policy variables as IAM knows them", () => {
    const [statement] = render({
      resources: ["arn:&{aws:username}/*"],
      conditions: [when("s3:prefix", "home/&{aws:username}")],
    });
    expect(statement).toMatchObject({
      Resource: "arn:${aws:username}/*",
      Condition: { StringLike: { "s3:prefix": "home/${aws:username}" } },
    });
  });

  it("hands the statements back, and none when there is none", () => {
    const statements = [{ actions: ["sns:Publish"], resources: ["arn:a"] }];
    const name = "aws:iam/getPolicyDocument:getPolicyDocument";
    expect(invoke(name, { statements })).toHaveProperty("statements", [
      expect.objectContaining({ actions: ["sns:Publish"] }),
    ]);
    expect(invoke(name, { statements: [] })).not.toHaveProperty("statements");
  });

  it("rejects a part of a policy that it would leave out", () => {
    expect(() =>
      invoke("aws:iam/getPolicyDocument:getPolicyDocument", { sourcePolicyDocuments: ["{}"] }),
    ).toThrow("sourcePolicyDocuments");
  });
});

it("answers with the region and account of the local cloud", () => {
  expect(invoke("aws:index/getRegion:getRegion", {})).toMatchObject({ region: "eu-west-1" });
  expect(invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({
    accountId: "000000000000",
  });
});

it("rejects any other call by name", () => {
  expect(() => invoke("aws:ec2/getVpc:getVpc", {})).toThrow("aws:ec2/getVpc:getVpc");
});
