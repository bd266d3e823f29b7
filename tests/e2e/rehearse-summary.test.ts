/** What the summary of a rehearsal says of a graph that lacks something: it is not to be overlooked. */
import type { GraphResource } from "@secure-lambda/local";
import { describe, expect, it } from "vitest";
import { summarize } from "../../scripts/rehearsal/summary/index.ts";

/** The rows of a part, cells joined by one space. */
function rowsOf(title: string, resources: readonly GraphResource[]): string[] {
  const section = summarize(resources).find((part) => part.title === title);
  return section?.rows.map((row) => row.join(" ")) ?? [];
}

function resource(type: string, name: string, inputs: object, outputs: object = {}): GraphResource {
  return {
    urn: `urn:pulumi:test::app::${type}::${name}`,
    id: `id-of-${name}`,
    type,
    name,
    parent: "",
    inputs: Object.fromEntries(Object.entries(inputs)),
    outputs: Object.fromEntries(Object.entries(outputs)),
  };
}

const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

describe("routes", () => {
  const place = { restApi: "api", resourceId: "id-of-Path", httpMethod: "POST" };
  const path = resource("aws:apigateway/resource:Resource", "Path", {}, { path: "/a/b" });
  const method = (inputs: object) =>
    resource("aws:apigateway/method:Method", "Method", { ...place, ...inputs });
  const settings = (methodPath: string, throttlingRateLimit: number, restApi = "api") =>
    resource("aws:apigateway/methodSettings:MethodSettings", methodPath, {
      restApi,
      methodPath,
      settings: { throttlingRateLimit },
    });

  it("names a method that is open, goes nowhere, is not validated and has no limit", () => {
    expect(rowsOf("Routes", [path, method({ authorization: "NONE" })])).toEqual([
      "POST /a/b → nothing NO AUTHORIZATION no validator no throttle",
    ]);
  });

  it("names an API key beside who may call, not in place of it", () => {
    const [row] = rowsOf("Routes", [
      path,
      method({ authorization: "AWS_IAM", apiKeyRequired: true }),
    ]);
    expect(row).toContain("AWS_IAM + API key");
  });

  it.each([
    [
      "the method's own limit",
      [settings("*/*", 50), settings("a~1b/POST", 7)],
      "7/s, burst not set",
    ],
    ["the limit of every method", [settings("*/*", 50)], "50/s, burst not set"],
    ["no limit of another API", [settings("*/*", 50, "other")], "no throttle"],
  ])("shows %s", (_, throttles, shown) => {
    const [row] = rowsOf("Routes", [path, method({ authorization: "NONE" }), ...throttles]);
    expect(row?.endsWith(shown)).toBe(true);
  });
});

describe("grants", () => {
  const lambda = resource(
    "aws:lambda/function:Function",
    "Lambda",
    { name: "app-lambda", role: "arn:role" },
    { arn: "arn:lambda" },
  );
  const role = (inputs: object) =>
    resource("aws:iam/role:Role", "Role", inputs, { arn: "arn:role" });
  const grants = (...others: GraphResource[]) => rowsOf("Grants", [lambda, ...others]);

  it("shows every action of every statement with its resources, named where they are known", () => {
    const topic = resource("aws:sns/topic:Topic", "Topic", {}, { arn: "arn:topic" });
    const statements = policy(
      { Effect: "Allow", Action: ["sns:Publish", "sns:Tag"], Resource: ["arn:topic", "*"] },
      {
        Effect: "Deny",
        Action: "sns:Untag",
        Resource: "arn:other",
        Condition: { Bool: { a: "b" } },
      },
      { Effect: "Allow", NotAction: "iam:*", NotResource: "arn:topic" },
    );
    expect(grants(topic, role({ inlinePolicies: [{ policy: statements }] }))).toEqual([
      "Lambda may sns:Publish Topic, *",
      "Lambda may sns:Tag Topic, *",
      'Lambda may NOT sns:Untag arn:other, if {"Bool":{"a":"b"}}',
      "Lambda may every action except iam:* every resource except Topic",
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
    const attachment = (policyArn: string) =>
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", policyArn, {
        role: "id-of-Role",
        policyArn,
      });
    const rolePolicy = resource("aws:iam/rolePolicy:RolePolicy", "Beside", {
      role: "id-of-Role",
      policy: policy({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*" }),
    });
    expect(grants(role({}), own, rolePolicy, attachment(attached), attachment("arn:own"))).toEqual([
      "Lambda may kms:Decrypt *",
      "Lambda may s3:GetObject *",
      "Lambda may everything in the AWS managed policy AdministratorAccess",
    ]);
  });

  it("names a permission to invoke without a source, and a role from outside the app", () => {
    const permission = resource("aws:lambda/permission:Permission", "Permission", {
      function: "app-lambda",
      principal: "*",
    });
    expect(grants(permission)).toEqual([
      "Lambda is invoked by * FROM ANY SOURCE",
      "Lambda may use a role from outside this app arn:role",
    ]);
  });
});

const sizeOf = (fieldToMatch: object, size: number) => ({
  sizeConstraintStatement: { fieldToMatch, comparisonOperator: "GT", size },
});

describe("the firewall", () => {
  it("shows rules by priority, groups that only count, and that it protects nothing", () => {
    const webAcl = resource("aws:wafv2/webAcl:WebAcl", "Firewall", {
      defaultAction: { block: {} },
      rules: [
        {
          name: "Second",
          priority: 2,
          overrideAction: { count: {} },
          statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "Group" } },
        },
        {
          name: "First",
          priority: 1,
          action: { allow: {} },
          statement: { rateBasedStatement: { limit: 10 } },
        },
        {
          name: "Third",
          priority: 3,
          action: { block: {} },
          statement: {
            orStatement: {
              statements: [
                sizeOf({ headers: [{}] }, 8192),
                sizeOf({ singleHeader: { name: "te" } }, 0),
              ],
            },
          },
        },
      ],
    });
    expect(rowsOf("Firewall", [webAcl])).toEqual([
      "1 First more than 10 requests in 300 s per IP allow",
      "2 Second managed by AWS: Group count",
      "3 Third headers of more than 8192 bytes or te of more than 0 bytes block",
      "default   block",
      " Firewall protects NOTHING",
    ]);
  });
});

describe("encryption and dead letters", () => {
  it("names a topic without a key", () => {
    expect(rowsOf("Encryption at rest", [resource("aws:sns/topic:Topic", "Topic", {})])).toEqual([
      "topic Topic NOT ENCRYPTED",
    ]);
  });

  it("names both ways on which a message is lost", () => {
    const lambda = resource("aws:lambda/function:Function", "Lambda", {}, { arn: "arn:lambda" });
    const topic = resource("aws:sns/topic:Topic", "Topic", {}, { arn: "arn:topic" });
    const subscription = resource("aws:sns/topicSubscription:TopicSubscription", "Subscription", {
      topic: "arn:topic",
      protocol: "lambda",
      endpoint: "arn:lambda",
    });
    expect(rowsOf("Dead letters", [lambda, topic, subscription])).toEqual([
      "Topic cannot be delivered to Lambda IS LOST",
      "an event fails permanently in Lambda IS LOST",
    ]);
  });
});

describe("what the account must give", () => {
  it("is the concurrency that functions reserve and what must stay unreserved", () => {
    const functions = [200, 10, undefined].map((reservedConcurrentExecutions) =>
      resource("aws:lambda/function:Function", "Lambda", { reservedConcurrentExecutions }),
    );
    expect(rowsOf("Account", functions)).toEqual([
      "Lambda 310 concurrent executions 210 reserved, 100 must stay unreserved; new accounts may have 10",
    ]);
  });

  it("is the rate of every method together, and a place for the log policy", () => {
    const place = { restApi: "api", httpMethod: "POST", authorization: "NONE" };
    const methods = ["One", "Two"].map((name) =>
      resource("aws:apigateway/method:Method", name, { ...place, resourceId: name }),
    );
    const settings = resource("aws:apigateway/methodSettings:MethodSettings", "Settings", {
      restApi: "api",
      methodPath: "*/*",
      settings: { throttlingRateLimit: 50, throttlingBurstLimit: 100 },
    });
    const policyOfLogs = resource("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "Log", {});
    expect(rowsOf("Account", [...methods, settings, policyOfLogs])).toEqual([
      "API Gateway 100 requests/s, burst 200 of 10000/s and 5000 for all APIs, in some Regions 2500/s and 1250",
      "CloudWatch Logs 1 more resource policy of 10 in the Region",
    ]);
  });

  it("is nothing for a graph without them", () => {
    expect(rowsOf("Account", [resource("aws:sns/topic:Topic", "Topic", {})])).toEqual([]);
  });
});
