/** What the summary of a rehearsal says of who may do what. */
import type { GraphResource } from "@secure-lambda/local";
import { describe, expect, it } from "vitest";
import { resource } from "../support/graph-resource.ts";
import { rowsOf } from "../support/summary-rows.ts";

const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

const role = (inputs: object) => resource("aws:iam/role:Role", "Role", inputs, { arn: "arn:role" });

const attachment = (policyArn: string) =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", policyArn, {
    role: "id-of-Role",
    policyArn,
  });

describe("grants", () => {
  const lambda = resource(
    "aws:lambda/function:Function",
    "Lambda",
    { name: "app-lambda", role: "arn:role" },
    { arn: "arn:lambda" },
  );
  const grants = (...others: GraphResource[]) => rowsOf("Grants", [lambda, ...others]);

  it("shows every action of every statement with its resources, named where they are known", () => {
    const topic = resource("aws:sns/topic:Topic", "Topic", {}, { arn: "arn:topic" });
    const statements = policy(
      { Effect: "Allow", Action: ["sns:Publish", "sns:Tag"], Resource: ["arn:topic", "*"] },
      {
        Effect: "Deny",
        Action: "sns:Untag",
        Resource: "arn:other",
        Condition: {
          ArnEquals: { "aws:SourceArn": ["arn:topic", "arn:more"] },
          Bool: { "aws:SecureTransport": true },
        },
      },
      { Effect: "Allow", NotAction: "iam:*", NotResource: "arn:topic" },
    );
    expect(grants(topic, role({ inlinePolicies: [{ policy: statements }] }))).toEqual([
      "Lambda may NOT sns:Untag on arn:other, if aws:SourceArn ArnEquals Topic or arn:more and aws:SecureTransport Bool true",
      "Lambda may every action except iam:* on every resource except Topic",
      "Lambda may sns:Publish on Topic, *",
      "Lambda may sns:Tag on Topic, *",
    ]);
  });

  it("shows a single statement, a policy that is no text, and one that cannot be read", () => {
    const Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:a" };
    const policies = [{ Statement }, JSON.stringify({ Statement }), "{"];
    const inlinePolicies = policies.map((one) => ({ policy: one }));
    expect(grants(role({ inlinePolicies }))).toEqual([
      "Lambda may do what a policy says that cannot be read: {",
      "Lambda may s3:GetObject on arn:a",
      "Lambda may s3:GetObject on arn:a",
    ]);
  });

  it("shows policies that are attached, by whichever stack", () => {
    const attached = "arn:aws:iam::aws:policy/AdministratorAccess";
    const own = resource(
      "aws:iam/policy:Policy",
      "Own",
      { policy: policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }) },
      { arn: "arn:own" },
    );
    const rolePolicy = resource("aws:iam/rolePolicy:RolePolicy", "Beside", {
      role: "id-of-Role",
      policy: policy({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*" }),
    });
    expect(grants(role({}), own, rolePolicy, attachment(attached), attachment("arn:own"))).toEqual([
      "Lambda may everything in the AWS managed policy AdministratorAccess",
      "Lambda may kms:Decrypt on *",
      "Lambda may s3:GetObject on *",
    ]);
  });

  it("names the method of an API that may invoke, and not its random id", () => {
    const api = resource("aws:apigateway/restApi:RestApi", "Api", {}, { executionArn: "arn:api" });
    const permission = resource("aws:lambda/permission:Permission", "Permission", {
      function: "app-lambda",
      principal: "apigateway.amazonaws.com",
      sourceArn: "arn:api/ada/POST/a",
    });
    expect(grants(api, permission, role({}))).toEqual([
      "Lambda is invoked by apigateway.amazonaws.com from Api/ada/POST/a",
    ]);
  });

  it("names a permission to invoke without a source, and a role from outside the app", () => {
    const permission = resource("aws:lambda/permission:Permission", "Permission", {
      function: "app-lambda",
      principal: "*",
    });
    expect(grants(permission)).toEqual([
      "Lambda is invoked by * FROM ANY SOURCE",
      "Lambda may use a role from outside this app: arn:role",
    ]);
  });
});
