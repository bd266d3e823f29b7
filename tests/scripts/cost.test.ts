/** What a rehearsal says that a stage costs: each part from the graph, and what has no price by name. */
import { describe, expect, it } from "vitest";
import { viewGraph } from "../../scripts/rehearsal/graph-view.ts";
import { summarizeCost } from "../../scripts/rehearsal/summary/cost.ts";
import { resource } from "../support/graph-resource.ts";

const cost = (...graph: ReturnType<typeof resource>[]) =>
  summarizeCost(viewGraph(graph)).rows.map((row) => row.join(" "));

const webAcl = (...names: string[]) =>
  resource("aws:wafv2/webAcl:WebAcl", "Firewall", {
    rules: names.map((name) => ({ name, statement: { managedRuleGroupStatement: { name } } })),
  });

const alarm = (name: string, inputs: object) =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", name, inputs);

const secret = (inputs: object) =>
  resource("aws:secretsmanager/secret:Secret", "Secret", inputs, { arn: "arn:secret" });

const topic = (inputs: object) =>
  resource("aws:sns/topic:Topic", "Topic", inputs, { arn: "arn:topic" });

const settings = (metricsEnabled: boolean) =>
  resource("aws:apigateway/methodSettings:MethodSettings", "Settings", {
    restApi: "api",
    methodPath: "*/*",
    settings: { metricsEnabled },
  });

describe("a month before the first request", () => {
  it("is the sum of what is there: web ACL, rules, keys, secrets, alarms by metric, dashboards", () => {
    const queries = [{ metric: {} }, { metric: {} }, { expression: "a / b" }];
    expect(
      cost(
        webAcl("One", "Two"),
        resource("aws:kms/key:Key", "Key", {}),
        secret({}),
        alarm("Rate", { metricQueries: queries }),
        alarm("Throttles", { metricName: "Throttles" }),
        resource("aws:cloudwatch/dashboard:Dashboard", "Dashboard", {}),
      ).slice(0, 7),
    ).toEqual([
      "11.70  USD a month before the first request, at us-east-1's list prices (2026-11-23)",
      " 5.00 WAF web ACL: 1 × 5.00 / web ACL",
      " 2.00 WAF rules: 2 × 1.00 / rule or rule group",
      " 1.00 KMS keys: 1 × 1.00 / key",
      " 0.40 Secrets: 1 × 0.40 / secret",
      " 0.30 Metrics of alarms: 3 × 0.10 / metric",
      " 3.00 Dashboards: 1 × 3.00 / dashboard",
    ]);
  });

  it("is nothing for what AWS does not bill", () => {
    expect(cost(resource("aws:iam/role:Role", "Role", {}))).toEqual([]);
  });
});

describe("a month with requests", () => {
  const subscription = resource("aws:sns/topicSubscription:TopicSubscription", "Subscription", {
    topic: "arn:topic",
    protocol: "lambda",
  });
  const methods = ["POST", "OPTIONS"].map((httpMethod) =>
    resource("aws:apigateway/method:Method", httpMethod, {
      restApi: "api",
      resourceId: "path",
      httpMethod,
      authorization: "NONE",
    }),
  );
  it("has five metrics of each method, if they are on", () => {
    expect(cost(...methods, settings(true))).toContain(
      " 1.50 Metrics of methods: 5 × 0.30 / metric",
    );
    expect(cost(...methods, settings(false))).toEqual([]);
  });

  it.each([
    ["a key of its own", secret({ kmsKeyId: "arn:key" }), "17,280 × 0.03 / 10,000"],
    ["the default key, which costs nothing", secret({}), undefined],
  ])("has the reads of a secret, and the calls of KMS: %s", (_, one, calls) => {
    const rows = cost(one);
    expect(rows).toContain(" 0.09 Secret reads: 17,280 × 0.05 / 10,000");
    expect(rows.find((row) => row.includes("KMS calls"))).toBe(
      calls && ` 0.05 KMS calls: ${calls}`,
    );
  });

  it.each([
    ["an own key", { kmsMasterKeyId: "arn:key" }, [subscription], 1],
    ["a key of AWS", { kmsMasterKeyId: "alias/aws/sns" }, [subscription], 1],
    ["no key", {}, [subscription], 0],
    ["an own key, without messages", { kmsMasterKeyId: "arn:key" }, [], 0],
  ])("has the calls of KMS for a topic with %s", (_, inputs, subscriptions, count) => {
    const rows = cost(topic(inputs), ...subscriptions);
    expect(rows.filter((row) => row.includes("KMS calls: 17,280"))).toHaveLength(count);
  });
});

describe("what has no price here", () => {
  it.each([
    ["aws:dynamodb/table:Table Orders", resource("aws:dynamodb/table:Table", "Orders", {})],
    [
      "aws:wafv2/webAcl:WebAcl Firewall: a rule group with a fee of its own",
      webAcl("AWSManagedRulesBotControlRuleSet"),
    ],
    [
      "aws:apigateway/stage:Stage Stage: its cache",
      resource("aws:apigateway/stage:Stage", "Stage", { cacheClusterEnabled: true }),
    ],
    [
      "aws:cognito/userPool:UserPool Pool: the Plus plan, in a month 0.02 / active user",
      resource("aws:cognito/userPool:UserPool", "Pool", { userPoolTier: "PLUS" }),
    ],
  ])("is named: %s", (what, one) => {
    expect(cost(one)).toContain(` ? not priced: ${what}`);
  });
});
