/** What the summary of a rehearsal says of a graph that lacks something: it is not to be overlooked. */
import { describe, expect, it } from "vitest";
import { resource } from "../support/graph-resource.ts";
import { rowsOf } from "../support/summary-rows.ts";

const throttle = (methodPath: string, throttlingRateLimit: number, restApi = "api") =>
  resource("aws:apigateway/methodSettings:MethodSettings", methodPath, {
    restApi,
    methodPath,
    settings: { throttlingRateLimit },
  });

describe("routes", () => {
  const place = { restApi: "api", resourceId: "id-of-Path", httpMethod: "POST" };
  const path = resource("aws:apigateway/resource:Resource", "Path", {}, { path: "/a/b" });
  const method = (inputs: object) =>
    resource("aws:apigateway/method:Method", "Method", { ...place, ...inputs });

  it("names a method that is open, goes nowhere, is not validated and has no limit", () => {
    expect(rowsOf("Routes", [path, method({ authorization: "NONE" })])).toEqual([
      "POST /a/b → nothing; NO AUTHORIZATION; no validator; no throttle",
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
      [throttle("*/*", 50), throttle("a~1b/POST", 7)],
      "7 requests/s, burst not set",
    ],
    ["the limit of every method", [throttle("*/*", 50)], "50 requests/s, burst not set"],
    ["no limit of another API", [throttle("*/*", 50, "other")], "no throttle"],
  ])("shows %s", (_, throttles, shown) => {
    const [row] = rowsOf("Routes", [path, method({ authorization: "NONE" }), ...throttles]);
    expect(row?.endsWith(shown)).toBe(true);
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
          name: "Fourth",
          priority: 4,
          action: { block: {} },
          statement: {
            notStatement: { statement: { ipSetReferenceStatement: { arn: "arn:set" } } },
          },
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
        {
          name: "Fifth",
          priority: 5,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              limit: 20,
              aggregateKeyType: "CUSTOM_KEYS",
              customKeys: [{ header: { name: "authorization" } }],
              scopeDownStatement: {
                andStatement: {
                  statements: [
                    {
                      byteMatchStatement: {
                        fieldToMatch: { method: {} },
                        positionalConstraint: "EXACTLY",
                        searchString: "POST",
                      },
                    },
                    sizeOf({ singleHeader: { name: "te" } }, 0),
                  ],
                },
              },
            },
          },
        },
      ],
    });
    const set = resource("aws:wafv2/ipSet:IpSet", "Allowed", {}, { arn: "arn:set" });
    expect(rowsOf("Firewall", [webAcl, set])).toEqual([
      "1 allow First: more than 10 requests in 300 s per IP",
      "2 count Second: group of AWS: Group",
      "3 block Third: headers of more than 8192 bytes or te of more than 0 bytes",
      "4 block Fourth: not address in Allowed",
      "5 block Fifth: more than 20 requests in 300 s per authorization, of those with method POST and te of more than 0 bytes",
      "default block what no rule has ended",
      "Firewall protects NOTHING",
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
