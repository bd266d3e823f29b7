/**
 * Policies of CloudWatch Logs: what of another service's log reaches a group.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
import { afterEach, beforeEach, expect, it } from "vitest";
import { policy } from "../../resources/declarations.ts";
import { createTestCloud, environment, type TestCloud } from "../../support/test-cloud.ts";

const group = "aws-waf-logs-api";
const { region, account } = environment;
const arn = (resource: string) => `arn:aws:logs:${region}:${account}:${resource}`;
/** A statement as apps write it. */
const statement = {
  Effect: "Allow",
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: `${arn(`log-group:${group}`)}:*`,
  Condition: {
    StringEquals: { "aws:SourceAccount": account },
    ArnLike: { "aws:SourceArn": arn("*") },
  },
};

let cloud: TestCloud;
beforeEach(() => {
  cloud = createTestCloud();
  cloud.logs.createGroup(group);
});
afterEach(() => cloud.stop());

const write = (message: string) =>
  cloud.logDelivery.write({ group, stream: "s", timestamp: 0, message });
const kept = () => cloud.logs.read(group).map(({ message }) => message);

it("all of it where a policy allows the delivery, and nothing once the policy is gone", () => {
  cloud.logDelivery.putPolicy("firewall", policy(statement));
  cloud.logDelivery.setUp(group);
  write("one");
  cloud.logDelivery.deletePolicy("firewall");
  write("lost");
  expect(kept()).toEqual(["one"]);
});

it.each([
  ["none", []],
  ["one for another group", [{ ...statement, Resource: `${arn("log-group:other")}:*` }]],
  ["one for streams only", [{ ...statement, Action: "logs:CreateLogStream" }]],
  [
    "one for another account",
    [{ ...statement, Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }],
  ],
])("all of it once AWS has added what lacks, where there is %s", (_, statements) => {
  cloud.logDelivery.putPolicy("firewall", policy(...statements));
  write("lost");
  cloud.logDelivery.setUp(group);
  write("one");
  expect(kept()).toEqual(["one"]);
});

it("nothing where a policy denies it, whatever AWS adds", () => {
  cloud.logDelivery.putPolicy("closed", policy({ ...statement, Effect: "Deny" }));
  cloud.logDelivery.setUp(group);
  write("lost");
  expect(kept()).toEqual([]);
});
