/**
 * What alarms publish to topics, and who decides about it.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * Source: https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
import { describe, expect, it } from "vitest";
import { policy } from "../../iam/policies-in-force.ts";
import { present } from "../../../support/present.ts";
import { withoutMetric } from "./alarm-settings.ts";
import { setUpAlarms } from "./cloud-with-alarms.ts";

const { cloud, put, measure, pass, state, told, refused, summaries } = setUpAlarms();

const topicArn = "arn:aws:sns:us-east-1:000000000000:alarms";
const alarmArn = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors";
const allActions = {
  AlarmActions: [topicArn],
  OKActions: [topicArn],
  InsufficientDataActions: [topicArn],
};

/** Creates the topic, with an address that is subscribed; attributes such as its policy. */
function createTopic(attributes: Record<string, string> = {}) {
  const { topics, mails } = cloud();
  topics.create("alarms", attributes);
  topics.subscribe({ topicArn, protocol: "email-json", endpoint: "machine@example.com" });
  topics.subscribe({ topicArn, protocol: "email", endpoint: "team@example.com" });
  for (const { confirmation } of mails) {
    if (confirmation) topics.confirm(topicArn, confirmation.token);
  }
}

const mailsTo = (address: string) =>
  cloud().mails.filter(({ to, confirmation }) => to === address && !confirmation);
const messages = () =>
  mailsTo("machine@example.com").map(({ text }) => {
    const { Message, Subject }: { Message: string; Subject: string } = JSON.parse(text);
    const message: Record<string, unknown> = JSON.parse(Message);
    return { Subject, message };
  });

const time = (milliseconds: number) => new Date(milliseconds).toISOString().replace("Z", "+0000");

/** A policy that lets alarms publish under a condition. */
const publishPolicy = (Condition: object = {}) =>
  policy({
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topicArn,
    Condition,
  });

function goOff(changed: object = {}) {
  put({ ...allActions, ...changed });
  measure(1);
  pass();
  expect(state().value).toBe("ALARM");
}

it("a change of state is published with AWS's members", () => {
  createTopic();
  goOff({ AlarmDescription: "It burns.", TreatMissingData: "notBreaching" });
  const { configuredAt } = cloud().cloudwatch.alarms.get("errors");
  expect(messages()).toEqual([
    {
      Subject: 'ALARM: "errors" in US East (N. Virginia)',
      message: {
        AlarmName: "errors",
        AlarmDescription: "It burns.",
        AWSAccountId: "000000000000",
        AlarmConfigurationUpdatedTimestamp: time(configuredAt),
        NewStateValue: "ALARM",
        NewStateReason: state().reason,
        StateChangeTime: time(state().updatedAt),
        Region: "US East (N. Virginia)",
        AlarmArn: alarmArn,
        OldStateValue: "INSUFFICIENT_DATA",
        ...allActions,
        Trigger: {
          MetricName: "Errors",
          Namespace: "AWS/Lambda",
          StatisticType: "Statistic",
          Statistic: "SUM",
          Unit: null,
          Dimensions: [{ value: "greet", name: "FunctionName" }],
          Period: 60,
          EvaluationPeriods: 1,
          ComparisonOperator: "GreaterThanThreshold",
          Threshold: 0,
          TreatMissingData: "notBreaching",
          EvaluateLowSampleCountPercentile: "",
        },
      },
    },
  ]);
});

it("the trigger of an expression has its metrics, that of a percentile its name", () => {
  createTopic();
  const Dimensions = [{ Name: "FunctionName", Value: "greet" }];
  const Metric = { Namespace: "AWS/Lambda", MetricName: "Errors", Dimensions };
  const errors = {
    Id: "errors",
    ReturnData: false,
    MetricStat: { Metric, Period: 60, Stat: "Sum" },
  };
  const twice = { Id: "twice", Expression: "2 * errors", Label: "Twice", ReturnData: true };
  goOff({ ...withoutMetric, Metrics: [errors, twice] });
  const { message } = present(messages()[0]);
  expect(message["Trigger"]).toEqual({
    Period: 60,
    EvaluationPeriods: 1,
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 0,
    TreatMissingData: "missing",
    EvaluateLowSampleCountPercentile: "",
    Metrics: [
      {
        ...errors,
        MetricStat: {
          ...errors.MetricStat,
          Metric: { ...Metric, Dimensions: [{ value: "greet", name: "FunctionName" }] },
        },
      },
      twice,
    ],
  });
});

it("the trigger of a percentile names it", () => {
  createTopic();
  goOff({ Statistic: undefined, ExtendedStatistic: "p99" });
  expect(messages()[0]?.message["Trigger"]).toMatchObject({
    StatisticType: "ExtendedStatistic",
    ExtendedStatistic: "p99",
  });
});

it("an e-mail address gets AWS's sentences in its place", () => {
  createTopic();
  goOff({ AlarmDescription: "It burns." });
  const { subject, text } = present(mailsTo("team@example.com")[0]);
  expect(subject).toBe('ALARM: "errors" in US East (N. Virginia)');
  expect(text).toMatch(
    /^You are receiving this email because your Amazon CloudWatch Alarm "errors" in the US East \(N\. Virginia\) region has entered the ALARM state, because "Threshold Crossed: /,
  );
  expect(text).toContain("\n- Description:                It burns.\n");
  expect(text).toContain("\n- State Change:               INSUFFICIENT_DATA -> ALARM\n");
  expect(text).toContain(
    "GreaterThanThreshold 0.0 for at least 1 of the last 1 period(s) of 60 seconds.",
  );
  expect(text).toContain("\n- Dimensions:                          [FunctionName = greet]\n");
});

it("only a change of state is published, each by the actions of the new state", () => {
  createTopic();
  goOff({ OKActions: [] });
  measure(1);
  pass();
  measure(0);
  pass();
  expect(state().value).toBe("OK");
  pass(3);
  expect(state().value).toBe("INSUFFICIENT_DATA");
  const states = messages().map(({ message }) => message["NewStateValue"]);
  expect(states).toEqual(["ALARM", "INSUFFICIENT_DATA"]);
  expect(summaries("Action")).toEqual([
    `Successfully executed action ${topicArn}`,
    `Successfully executed action ${topicArn}`,
  ]);
});

it("nothing is published while actions are not enabled", () => {
  createTopic();
  goOff({ ActionsEnabled: false });
  expect(messages()).toEqual([]);
  expect(summaries("Action")).toEqual([]);
  cloud().cloudwatch.alarms.setActionsEnabled("errors", true);
  measure(0);
  pass();
  expect(messages()).toHaveLength(1);
});

describe("the topic's policy", () => {
  it("lets the alarm that it names publish, for its account", () => {
    const Condition = {
      ArnEquals: { "aws:SourceArn": alarmArn },
      StringEquals: { "aws:SourceAccount": "000000000000" },
    };
    createTopic({ Policy: publishPolicy(Condition) });
    goOff();
    expect(messages()).toHaveLength(1);
    expect(refused).toEqual([]);
  });

  it.each([
    ["another alarm", publishPolicy({ ArnEquals: { "aws:SourceArn": `${alarmArn}2` } })],
    ["another account", publishPolicy({ StringEquals: { "aws:SourceAccount": "111111111111" } })],
    ["nobody", policy()],
  ])(
    "that lets %s publish refuses it, which the history tells and the state does not",
    (_, Policy) => {
      createTopic({ Policy });
      goOff();
      expect(messages()).toEqual([]);
      const error = `CloudWatch Alarms is not authorized to perform: SNS:Publish on resource: ${topicArn} because no resource-based policy allows the SNS:Publish action`;
      expect(refused).toEqual([{ alarmArn, topicArn, error }]);
      expect(summaries("Action")).toEqual([
        `Failed to execute action ${topicArn}. Received error: "${error}"`,
      ]);
      expect(told).toHaveLength(1);
    },
  );
});

it.each([
  ["lets alarms use it", "cloudwatch.amazonaws.com", 1, []],
  [
    "does not",
    "sns.amazonaws.com",
    0,
    ["CloudWatch Alarms does not have authorization to access the SNS topic encryption key."],
  ],
])("the policy of an encrypted topic's key decides too: it %s", (_, Service, count, errors) => {
  const { arn } = cloud().kms.keys.create({
    description: "",
    isEnabled: true,
    policy: policy({
      Effect: "Allow",
      Principal: { Service },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
    }),
  });
  createTopic({ KmsMasterKeyId: arn });
  goOff();
  expect(messages()).toHaveLength(count);
  expect(refused.map(({ error }) => error)).toEqual(errors);
});

it("a topic that is not there is an action that failed", () => {
  goOff({ OKActions: [], InsufficientDataActions: [] });
  expect(refused).toEqual([{ alarmArn, topicArn, error: "Topic does not exist" }]);
});
