/**
 * The operations on alarms, called by the SDK for JavaScript.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type DescribeAlarmsCommandInput,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";
import { expect, it } from "vitest";
import { settings } from "./alarm-settings.ts";
import { setUpAlarms } from "./cloud-with-alarms.ts";

const { cloud, measure, pass } = setUpAlarms();
const client = () => cloud().clients.cloudwatch;

const input = { ...settings, Dimensions: [...settings.Dimensions] };
const put = (changed: Partial<PutMetricAlarmCommandInput> = {}) =>
  client().send(new PutMetricAlarmCommand({ ...input, ...changed }));
const describe = (asked: DescribeAlarmsCommandInput = {}) =>
  client().send(new DescribeAlarmsCommand(asked));
const namesOf = async (asked: DescribeAlarmsCommandInput) =>
  (await describe(asked)).MetricAlarms?.map(({ AlarmName }) => AlarmName);
const history = async (asked: object = {}) =>
  (await client().send(new DescribeAlarmHistoryCommand(asked))).AlarmHistoryItems;
const setState = (StateValue: "OK" | "ALARM", more: object = {}) =>
  client().send(
    new SetAlarmStateCommand({ AlarmName: "errors", StateReason: "a drill", StateValue, ...more }),
  );

it("an alarm that is put is described with its settings and its state", async () => {
  await put({ AlarmDescription: "It burns.", TreatMissingData: "notBreaching" });
  measure(1);
  pass();
  const now = new Date(cloud().now());
  expect((await describe()).MetricAlarms).toEqual([
    {
      ...input,
      AlarmArn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors",
      AlarmDescription: "It burns.",
      ActionsEnabled: true,
      OKActions: [],
      AlarmActions: [],
      InsufficientDataActions: [],
      TreatMissingData: "notBreaching",
      AlarmConfigurationUpdatedTimestamp: new Date(cloud().now() - 60_000),
      StateValue: "ALARM",
      StateReason: expect.stringContaining("Threshold Crossed: 1 datapoint [1.0 ("),
      StateReasonData: expect.stringContaining('"recentDatapoints":[1]'),
      StateUpdatedTimestamp: now,
      StateTransitionedTimestamp: now,
    },
  ]);
});

it("alarms are found by names, prefix, state, action and type", async () => {
  const topic = "arn:aws:sns:us-east-1:000000000000:alarms";
  await put({ AlarmName: "b", OKActions: [topic] });
  await put({ AlarmName: "a-two" });
  await put({ AlarmName: "a-one" });
  await setState("ALARM", { AlarmName: "b" });
  expect(await namesOf({})).toEqual(["a-one", "a-two", "b"]);
  expect(await namesOf({ AlarmNames: ["b", "none"] })).toEqual(["b"]);
  expect(await namesOf({ AlarmNamePrefix: "a-" })).toEqual(["a-one", "a-two"]);
  expect(await namesOf({ StateValue: "INSUFFICIENT_DATA" })).toEqual(["a-one", "a-two"]);
  expect(await namesOf({ ActionPrefix: "arn:aws:sns" })).toEqual(["b"]);
  expect(await namesOf({ AlarmTypes: ["CompositeAlarm"] })).toEqual([]);
});

it("alarms come in pages", async () => {
  for (const AlarmName of ["a", "b", "c"]) await put({ AlarmName });
  const { MetricAlarms, NextToken } = await describe({ MaxRecords: 2 });
  expect(MetricAlarms).toHaveLength(2);
  expect(await namesOf({ MaxRecords: 2, NextToken })).toEqual(["c"]);
  await expect(describe({ NextToken: "?" })).rejects.toMatchObject({ name: "InvalidNextToken" });
});

it("the alarms on a metric are those on exactly its dimensions", async () => {
  await put();
  await put({ AlarmName: "other", Dimensions: [] });
  const { MetricName, Namespace, Dimensions } = input;
  const { MetricAlarms } = await client().send(
    new DescribeAlarmsForMetricCommand({ MetricName, Namespace, Dimensions }),
  );
  expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(["errors"]);
});

it("the history has each change, the newest first", async () => {
  await put();
  cloud().advance(1000);
  await setState("ALARM");
  const items = await history({ AlarmName: "errors" });
  expect(items?.map(({ HistorySummary }) => HistorySummary)).toEqual([
    "Alarm updated from INSUFFICIENT_DATA to ALARM",
    'Alarm "errors" created',
  ]);
  expect(JSON.parse(items?.[0]?.HistoryData ?? "")).toEqual({
    version: "1.0",
    oldState: { stateValue: "INSUFFICIENT_DATA", stateReason: "Unchecked: Initial alarm creation" },
    newState: { stateValue: "ALARM", stateReason: "a drill" },
  });
  expect(await history({ HistoryItemType: "ConfigurationUpdate" })).toHaveLength(1);
  expect(await history({ StartDate: new Date(cloud().now()) })).toHaveLength(1);
  const [first] = (await history({ ScanBy: "TimestampAscending" })) ?? [];
  expect(first).toMatchObject({ HistoryItemType: "ConfigurationUpdate", AlarmType: "MetricAlarm" });
});

it("actions are disabled and enabled, also of no alarm", async () => {
  await put();
  const AlarmNames = ["errors", "none"];
  await client().send(new DisableAlarmActionsCommand({ AlarmNames }));
  expect((await describe()).MetricAlarms).toMatchObject([{ ActionsEnabled: false }]);
  await client().send(new EnableAlarmActionsCommand({ AlarmNames }));
  expect((await describe()).MetricAlarms).toMatchObject([{ ActionsEnabled: true }]);
});

it("alarms are deleted, none is no error", async () => {
  await put();
  await client().send(new DeleteAlarmsCommand({ AlarmNames: ["errors", "none"] }));
  expect(await namesOf({})).toEqual([]);
});

it.each([
  ["a state of no alarm", () => setState("OK", { AlarmName: "none" }), "ResourceNotFound"],
  ["data that is not JSON", () => setState("OK", { StateReasonData: "{" }), "InvalidFormatFault"],
  ["an alarm of no metric", () => put({ MetricName: undefined }), "ValidationException"],
  [
    "a composite alarm",
    () => client().send(new PutCompositeAlarmCommand({ AlarmName: "all", AlarmRule: "TRUE" })),
    "UnknownOperationException",
  ],
])("rejects %s", async (_, call, name) => {
  await put();
  await expect(call()).rejects.toMatchObject({ name });
});
