/** The record of a request: every step that it and what it caused went through, with what decided. */
import { describe, expect, it } from "vitest";
import type { RequestRecord } from "../../src/requests/record.ts";
import { blocks, guard } from "../services/waf/web-acls.ts";
import { answeredBy } from "../../src/requests/record.ts";
import {
  allow,
  publishing,
  queueArn,
  send,
  subscribe,
  topicArn,
  useGreetingCloud,
} from "./greeting-cloud.ts";

const cloud = useGreetingCloud();

/** The newest record, once it has a step of this layer for the wanted number of times. */
async function recordWith(layer: string, times = 1): Promise<RequestRecord> {
  let found: RequestRecord | undefined;
  await expect
    .poll(() => {
      [found] = cloud().requests.newestFirst();
      return found?.response && found.steps.filter((step) => step.layer === layer).length;
    })
    .toBe(times);
  if (found === undefined) throw new Error("There is no record.");
  return found;
}

const layersOf = ({ steps }: RequestRecord) =>
  steps.map(({ layer, name, outcome }) => `${layer} ${name} ${outcome}`);

describe("a request that is served", () => {
  it("has its steps through the gateway, the function, its calls and the topic's consumer", async () => {
    allow(publishing);
    await subscribe("export const handler = async () => {};");
    const response = await send();
    const record = await recordWith("function", 2);
    const consumer = "function Internal passed";
    expect(layersOf(record)).toContain(consumer);
    // The topic's consumer runs beside what comes after the publication.
    expect(layersOf(record).filter((step) => step !== consumer)).toEqual([
      "gateway local passed",
      "route /greet passed",
      "throttle local passed",
      "validation body and parameters passed",
      "delivery names passed",
      "aws-call sns:Publish passed",
      "function External passed",
      "integration External passed",
    ]);
    expect(record).toMatchObject({
      id: response.headers.get("x-amzn-requestid"),
      route: "/greet",
      response: { status: 200 },
    });
    expect(record.request.body.toString()).toBe("Ada");
    expect(record.response?.body.toString()).toBe("greeted");
    expect(response.headers.get("x-amzn-trace-id")).toContain(record.traceId);
    expect(answeredBy(record)).toBe("function");
  });

  it("does not share its steps with one that is served at the same time", async () => {
    allow(publishing);
    await Promise.all([send(), send(), send()]);
    await recordWith("integration");
    const calls = cloud()
      .requests.newestFirst()
      .map(({ steps }) => steps.filter(({ layer }) => layer === "aws-call").length);
    expect(calls).toEqual([1, 1, 1]);
  });

  it("has every attempt of its consumer, and where the message ended", async () => {
    allow(publishing, { Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn });
    await subscribe("export const handler = async () => { throw new TypeError('no'); };");
    await send();
    const record = await recordWith("dead-letter");
    const attempts = record.steps.filter(({ name }) => name === "Internal");
    expect(attempts).toMatchObject([
      { outcome: "failed", facts: { kind: "function", errorType: "TypeError" } },
      { outcome: "failed" },
    ]);
    expect(attempts[0]?.facts?.["invocationId"]).toBe(attempts[1]?.facts?.["invocationId"]);
    expect(record.steps.find(({ layer }) => layer === "dead-letter")).toMatchObject({
      name: "dead",
      reason: "failed 2 times (TypeError)",
    });
  });
});

describe("a call of AWS that is denied", () => {
  it("names the statement and its policy", async () => {
    allow(publishing, { Sid: "NoNames", ...publishing, Effect: "Deny" });
    await send();
    const record = await recordWith("aws-call");
    expect(record.steps.find(({ layer }) => layer === "aws-call")).toMatchObject({
      name: "sns:Publish",
      outcome: "refused",
      reason: expect.stringContaining("with an explicit deny in an identity-based policy"),
      facts: {
        caller: "External",
        resource: topicArn,
        statement: "NoNames",
        policy: "publishing",
        error: "AuthorizationError",
        status: 403,
      },
    });
  });

  it("says where no statement allows it", async () => {
    allow({ ...publishing, Action: "sns:Subscribe" });
    await send();
    const record = await recordWith("aws-call");
    const call = record.steps.find(({ layer }) => layer === "aws-call");
    expect(call?.facts).toMatchObject({ statement: "none allows it" });
  });

  it("names the statement of a resource's policy by its resource", async () => {
    allow(publishing);
    cloud().topics.setAttributes(topicArn, {
      Policy: JSON.stringify({
        Statement: [{ ...publishing, Sid: "Closed", Effect: "Deny", Principal: "*" }],
      }),
    });
    await send();
    const record = await recordWith("aws-call");
    const call = record.steps.find(({ layer }) => layer === "aws-call");
    expect(call?.facts).toMatchObject({ statement: "Closed", policy: `policy of ${topicArn}` });
  });
});

describe("a request that is refused", () => {
  it("ends at the layer that refused it", async () => {
    const response = await send("/nowhere");
    const record = await recordWith("route");
    expect(response.status).toBe(403);
    expect(answeredBy(record)).toBe("route");
    expect(record.steps.at(-1)).toMatchObject({
      outcome: "refused",
      reason: "no resource and method for POST /nowhere",
    });
  });

  it("by the firewall names the rule, and of a managed group the one in it", async () => {
    const [stage] = cloud().apis.servedStages();
    const statement = {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: "AWSManagedRulesKnownBadInputsRuleSet",
      },
    };
    const { action: _, ...base } = blocks(statement);
    const rule = { ...base, name: "Managed", overrideAction: { none: {} } };
    cloud().waf.associate(guard(cloud().waf, [rule]).arn, stage?.arn ?? "");
    const response = await send("/greet?x=${jndi:ldap://x}");
    const record = await recordWith("firewall");
    expect([response.status, answeredBy(record)]).toEqual([403, "firewall"]);
    expect(record.steps.at(-1)).toMatchObject({
      reason: "blocked by Log4JRCE_QUERYSTRING",
      facts: { rule: "Managed", groupRule: "Log4JRCE_QUERYSTRING" },
    });
  });

  it("by a throttle says the limit", async () => {
    const [stage] = cloud().apis.servedStages();
    cloud().apis.putMethodSettings({
      restApiId: stage?.restApiId ?? "",
      stageName: "local",
      methodPath: "*/*",
      settings: { throttlingRateLimit: 1, throttlingBurstLimit: 0 },
    });
    await send();
    const record = await recordWith("throttle");
    expect(record.steps.at(-1)).toMatchObject({
      layer: "throttle",
      facts: { rate: 1, burst: 0 },
      reason: expect.stringContaining("Limit: 1.00 Burst: 0"),
    });
  });
});

it("leaves out the calls of those who serve no request", async () => {
  await fetch(cloud().url, { method: "POST", body: "Action=ListTopics&Version=2010-03-31" });
  expect(cloud().requests.newestFirst()).toEqual([]);
});
