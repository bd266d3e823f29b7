/** The operations on alarms, by AWS's names. */
import * as z from "zod";
import { AwsError } from "../../../aws-protocol/errors.ts";
import { operation, type JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../../aws-protocol/paging.ts";
import { dimensions, integer, metricName, namespace, timestamp } from "../api/shapes.ts";
import type { Alarm } from "./alarm.ts";
import type { Alarms } from "./alarms.ts";
import { stateValues } from "./evaluate.ts";
import { historyItemTypes } from "./history.ts";

const name = z.string().min(1).max(255);
const names = z.strictObject({ AlarmNames: z.array(name).max(100) });
const state = z.enum(stateValues);
/** Those of composite alarms are none: the local cloud refuses them. */
const alarmTypes = z.array(z.enum(["CompositeAlarm", "MetricAlarm"])).optional();
const page = {
  MaxRecords: integer.pipe(z.int().min(1).max(100)).default(50),
  NextToken: z.string().optional(),
};

const describeSchema = z.strictObject({
  AlarmNames: z.array(name).max(100).optional(),
  AlarmNamePrefix: name.optional(),
  AlarmTypes: alarmTypes,
  StateValue: state.optional(),
  ActionPrefix: z.string().min(1).max(1024).optional(),
  ...page,
});

const historySchema = z.strictObject({
  AlarmName: name.optional(),
  AlarmTypes: alarmTypes,
  HistoryItemType: z.enum(historyItemTypes).optional(),
  StartDate: timestamp.optional(),
  EndDate: timestamp.optional(),
  ScanBy: z.enum(["TimestampDescending", "TimestampAscending"]).optional(),
  ...page,
});

/** The operations over `alarms`. */
export function alarmOperations(alarms: Alarms): JsonOperations {
  const enable = (isEnabled: boolean) =>
    operation(names, ({ AlarmNames }) => {
      for (const one of AlarmNames) alarms.setActionsEnabled(one, isEnabled);
      return {};
    });

  return {
    // The settings check themselves, for the resource type too.
    PutMetricAlarm: operation(z.looseObject({}), (input) => {
      alarms.put(input);
      return {};
    }),
    DeleteAlarms: operation(names, ({ AlarmNames }) => {
      for (const one of AlarmNames) alarms.delete(one);
      return {};
    }),
    EnableAlarmActions: enable(true),
    DisableAlarmActions: enable(false),
    SetAlarmState: operation(
      z.strictObject({
        AlarmName: name,
        StateValue: state,
        StateReason: z.string().max(1023),
        StateReasonData: z.string().max(4000).optional(),
      }),
      ({ AlarmName, StateValue: value, StateReason: reason, StateReasonData: reasonData }) => {
        checkReasonData(reasonData);
        alarms.setState(AlarmName, { value, reason, reasonData });
        return {};
      },
    ),
    DescribeAlarms: operation(describeSchema, (input) => {
      const { AlarmNames, AlarmNamePrefix = "", ActionPrefix, StateValue } = input;
      const found = input.AlarmTypes?.includes("MetricAlarm") === false ? [] : alarms.list();
      const matching = found
        .filter(({ settings }) => AlarmNames?.includes(settings.AlarmName) ?? true)
        .filter(({ settings }) => settings.AlarmName.startsWith(AlarmNamePrefix))
        .filter((alarm) => StateValue === undefined || alarm.state.value === StateValue)
        .filter((alarm) => ActionPrefix === undefined || hasAction(alarm, ActionPrefix));
      const { items, nextToken } = pageIn(byName(matching), input);
      return { MetricAlarms: items.map(described), CompositeAlarms: [], NextToken: nextToken };
    }),
    DescribeAlarmsForMetric: operation(
      z.strictObject({ MetricName: metricName, Namespace: namespace, Dimensions: dimensions }),
      (asked) => ({
        MetricAlarms: byName(alarms.list().filter((alarm) => isOn(alarm, asked))).map(described),
      }),
    ),
    DescribeAlarmHistory: operation(historySchema, (input) => {
      const { AlarmName, HistoryItemType, StartDate = 0, EndDate = Infinity, ScanBy } = input;
      const found = alarms
        .history()
        .filter(() => input.AlarmTypes?.includes("MetricAlarm") ?? true)
        .filter(({ alarmName }) => AlarmName === undefined || alarmName === AlarmName)
        .filter(({ type }) => HistoryItemType === undefined || type === HistoryItemType)
        .filter(({ timestamp: at }) => at >= StartDate && at <= EndDate);
      const ordered = ScanBy === "TimestampAscending" ? found : found.toReversed();
      const { items, nextToken } = pageIn(ordered, input);
      const AlarmHistoryItems = items.map((item) => ({
        AlarmName: item.alarmName,
        AlarmType: "MetricAlarm",
        Timestamp: new Date(item.timestamp),
        HistoryItemType: item.type,
        HistorySummary: item.summary,
        HistoryData: item.data,
      }));
      return { AlarmHistoryItems, NextToken: nextToken };
    }),
  };
}

/** @throws AwsError InvalidFormat for data that is not JSON (documented: CLOUDWATCH-API/SetAlarmState). */
function checkReasonData(data: string | undefined): void {
  try {
    if (data !== undefined) JSON.parse(data);
  } catch {
    const message = "StateReasonData is not valid JSON.";
    throw new AwsError("InvalidFormatFault", message, 400, "InvalidFormat");
  }
}

function pageIn<T>(
  all: readonly T[],
  asked: { MaxRecords: number; NextToken?: string | undefined },
) {
  return pageOf(all, asked.MaxRecords, asked.NextToken, "InvalidNextToken");
}

function byName(alarms: readonly Alarm[]): Alarm[] {
  return alarms.toSorted((one, other) =>
    one.settings.AlarmName < other.settings.AlarmName ? -1 : 1,
  );
}

function hasAction({ settings }: Alarm, prefix: string): boolean {
  const { OKActions, AlarmActions, InsufficientDataActions } = settings;
  return [...OKActions, ...AlarmActions, ...InsufficientDataActions].some((arn) =>
    arn.startsWith(prefix),
  );
}

interface AskedMetric {
  readonly MetricName: string;
  readonly Namespace: string;
  readonly Dimensions: Readonly<Record<string, string>>;
}

/** Whether an alarm is on exactly this metric; one on an expression is on none (documented: CLOUDWATCH-API/DescribeAlarmsForMetric). */
function isOn({ settings }: Alarm, { MetricName, Namespace, Dimensions }: AskedMetric): boolean {
  return (
    settings.MetricName === MetricName &&
    settings.Namespace === Namespace &&
    settings.Dimensions.length === Object.keys(Dimensions).length &&
    settings.Dimensions.every(({ Name, Value }) => Dimensions[Name] === Value)
  );
}

function described({ arn, settings, configuredAt, state: now }: Alarm) {
  return {
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
    StateValue: now.value,
    StateReason: now.reason,
    StateReasonData: now.reasonData,
    StateUpdatedTimestamp: new Date(now.updatedAt),
    StateTransitionedTimestamp: new Date(now.transitionedAt),
    ...settings,
  };
}
