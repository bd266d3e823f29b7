/** Calls for data. */
import { describe, expect, it } from "vitest";
import { createInvokeData } from "../../../packages/local/src/resources/invokes.ts";

const invoke = createInvokeData({ region: "eu-west-1", account: "000000000000" });

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

  it("hands the statements back, and none when there is none", () => {
    const statements = [{ actions: ["sns:Publish"], resources: ["arn:a"] }];
    const name = "aws:iam/getPolicyDocument:getPolicyDocument";
    expect(invoke(name, { statements })).toHaveProperty("statements", [
      expect.objectContaining({ actions: ["sns:Publish"] }),
    ]);
    expect(invoke(name, { statements: [] })).not.toHaveProperty("statements");
  });

  it("refuses a part of a policy that it would leave out", () => {
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

it("refuses any other call by name", () => {
  expect(() => invoke("aws:ec2/getVpc:getVpc", {})).toThrow("aws:ec2/getVpc:getVpc");
});
