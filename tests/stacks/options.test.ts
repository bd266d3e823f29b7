/** Optional settings of a stage, and invalid ones: in a copy of the app. */
import { routeRows } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { checkGraph } from "../../stacks/policy/index.ts";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { graphOf, statementsIn, textOutput, type Graph } from "../support/graph.ts";
import { testAskedAccount } from "./graph/asked-account.ts";
import { testDeployRoleOfOptions } from "./options/deploy-role.ts";
import { testDeploymentTriggers } from "./graph/deployment-triggers.ts";
import { testKeyStatements } from "./graph/key-statements.ts";
import { testPlusPlan } from "./options/plus-plan.ts";

let app: AppCopy;
let cloud: LocalCloud;
let graph: Graph;
beforeAll(async () => {
  app = copyApp({ platform: true });
  const rows = {
    full: {
      corsOrigin: "https://app.example.com",
      alarmEmail: "team@example.com",
      monitoring: { alarms: true, dashboard: false, methodMetrics: false },
      customerKeys: true,
      apiKeys: true,
      userPoolPlan: "plus",
      mailFrom: { address: "no-reply@mail.example.com", name: "Example", domain: "example.com" },
      firewall: {
        mode: "block",
        managedGroups: ["AWSManagedRulesKnownBadInputsRuleSet"],
        countedNetworks: [],
        allowedNetworks: ["127.0.0.1/32", "203.0.113.0/24"],
        requestsPerAddress: 10,
      },
    },
    wrong: { corsOrigin: "*", alarmEmail: "the team" },
  };
  app.append("stacks/settings/stages.ts", `\nObject.assign(stages, ${JSON.stringify(rows)});\n`);
  cloud = await startLocalCloud({ project: app.folder });
  await cloud.deploy({ stage: "full" });
  graph = graphOf(cloud.graph("full"));
});
afterAll(async () => {
  await cloud?.stop();
  app?.remove();
});

describe("a stage that names a web origin", () => {
  it("has CORS preflight methods, for this origin and the methods of their paths", () => {
    const byPath = Map.groupBy(routeRows, ({ path }) => path);
    const preflights = graph
      .all("aws:apigateway/method:Method")
      .filter(({ inputs }) => inputs["httpMethod"] === "OPTIONS");
    expect(preflights.map(({ inputs }) => inputs["authorization"])).toEqual(
      [...byPath].map(() => "NONE"),
    );
    const responses = graph.all("aws:apigateway/integrationResponse:IntegrationResponse");
    expect(responses.map(({ inputs }) => inputs["responseParameters"])).toEqual(
      [...byPath.values()].map((rows) => {
        const methods = rows.map(({ method }) => method).join();
        return expect.objectContaining({
          "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
          "method.response.header.Access-Control-Allow-Methods": `'${methods}'`,
        });
      }),
    );
  });

  it("responds to a browser's preflight with 204 and the CORS headers", async () => {
    const response = await fetch(`${cloud.urls.api}/lambda1`, {
      method: "OPTIONS",
      headers: { origin: "https://app.example.com", "access-control-request-method": "POST" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  });

  it("lets pages of this origin read errors, and configures the function with it", () => {
    for (const { inputs } of graph.all("aws:apigateway/response:Response")) {
      expect(inputs["responseParameters"]).toMatchObject({
        "gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example.com'",
        "gatewayresponse.header.Vary": "'Origin'",
      });
    }
    const { inputs } = graph.one("aws:lambda/function:Function", "ExternalLambdaFunction");
    expect(inputs["environment"]).toMatchObject({
      variables: { CORS_ORIGIN: "https://app.example.com" },
    });
  });
});

describe("a stage with API keys", () => {
  it("requires a key in addition to the token on every route, and meters it by a usage plan", () => {
    const methods = graph
      .all("aws:apigateway/method:Method")
      .filter(({ inputs }) => inputs["httpMethod"] !== "OPTIONS");
    expect(
      methods.map(({ inputs }) => [inputs["apiKeyRequired"], inputs["authorization"]]),
    ).toEqual(routeRows.map(() => [true, "COGNITO_USER_POOLS"]));
    const plan = graph.one("aws:apigateway/usagePlan:UsagePlan");
    expect(plan.inputs).toMatchObject({
      apiStages: [{ stage: "full" }],
      throttleSettings: { rateLimit: 50, burstLimit: 5 },
      quotaSettings: { limit: 1_000_000, period: "MONTH" },
    });
    const key = graph.one("aws:apigateway/apiKey:ApiKey");
    expect(graph.one("aws:apigateway/usagePlanKey:UsagePlanKey").inputs).toMatchObject({
      keyId: key.id,
      usagePlanId: plan.id,
    });
    expect(graph.one("pulumi:pulumi:Stack").outputs).toMatchObject({ apiKeyId: key.id });
  });
});

describe("a stage with the Plus plan and a sender of its own", () => {
  testPlusPlan(() => graph);
  testAskedAccount("full", () => graph);
});

describe("a stage with every optional setting", () => {
  testDeployRoleOfOptions("full", () => graph);
});

describe("a stage with an alarm address", () => {
  it("e-mails every alarm and its recovery, through an encrypted topic for this stage's alarms", () => {
    const topic = graph.one("aws:sns/topic:Topic", "AlarmTopic");
    const alarms = graph.all("aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms.length).toBeGreaterThan(9);
    for (const { inputs } of alarms) {
      expect(inputs).toMatchObject({
        alarmActions: [topic.outputs["arn"]],
        okActions: [topic.outputs["arn"]],
      });
    }
    expect(graph.one("aws:sns/topicSubscription:TopicSubscription", "AlarmEmail").inputs).toEqual({
      topic: topic.outputs["arn"],
      protocol: "email",
      endpoint: "team@example.com",
    });
    const key = graph.one("aws:kms/key:Key", "AlarmKey");
    expect(topic.inputs["kmsMasterKeyId"]).toBe(key.outputs["arn"]);
    const allowed = [
      ...statementsIn(
        graph.one("aws:sns/topicPolicy:TopicPolicy", "AlarmTopicPolicy").inputs["policy"],
      ),
      ...statementsIn(key.inputs["policy"]),
    ].filter(({ Sid }) => Sid === "AlarmsPublish");
    for (const { Principal, Condition } of allowed) {
      expect(Principal).toEqual({ Service: "cloudwatch.amazonaws.com" });
      const sources = Condition?.["ArnEquals"]?.["aws:SourceArn"] ?? [];
      expect(sources.toSorted()).toEqual(
        alarms.map((alarm) => textOutput(alarm, "arn")).toSorted(),
      );
    }
    expect(allowed).toHaveLength(2);
  });
});

describe("a stage with allowed networks", () => {
  it("blocks every address outside them", () => {
    const allowed = graph.one("aws:wafv2/ipSet:IpSet", "AllowedNetworks");
    expect(allowed.inputs["addresses"]).toEqual(["127.0.0.1/32", "203.0.113.0/24"]);
    expect(graph.one("aws:wafv2/webAcl:WebAcl").inputs["rules"]).toContainEqual(
      expect.objectContaining({
        name: "OutsideAllowedNetworks",
        priority: 0,
        action: { block: {} },
        statement: {
          notStatement: {
            statement: { ipSetReferenceStatement: { arn: textOutput(allowed, "arn") } },
          },
        },
      }),
    );
  });

  it("responds to blocked requests with problem details", async () => {
    const response = await fetch(`${cloud.urls.api}/lambda1`, {
      method: "POST",
      body: "x".repeat(8_193),
    });
    expect(response.status).toBe(403);
    const problem = { title: "Forbidden", detail: "The firewall refused this request." };
    await expect(response.json()).resolves.toMatchObject(problem);
  });
});

it("breaks no rule with every option enabled, and has nothing that protected stages refuse by name", () => {
  expect(checkGraph(graph.resources, { protect: false })).toEqual([]);
  const refused = JSON.stringify(checkGraph(graph.resources, { protect: true }));
  expect(refused).not.toContain("admitted.ts");
});

describe("without a statement of a key's policy fails what needs it, and nothing else", () => {
  testKeyStatements(() => graph);
});

it("is not deployed with invalid settings, and the error names each", async () => {
  const deployed = cloud.deploy({ stage: "wrong" });
  await expect(deployed).rejects.toThrow(/corsOrigin[\s\S]*alarmEmail|alarmEmail[\s\S]*corsOrigin/);
  expect(cloud.graph("wrong")).toEqual([]);
});

describe("the API's deployment", () => {
  testDeploymentTriggers(() => graph);
});
