/** What happened to alarms (recorded: histories in AWS's CLI reference and in public repositories). */
import { createBoundedList } from "../../../memory/bounded-list.ts";
import type { Alarm, AlarmState } from "./alarm.ts";

/** The kinds of history items of metric alarms. */
export const historyItemTypes = ["ConfigurationUpdate", "StateUpdate", "Action"] as const;

/** A kind of history item. */
export type HistoryItemType = (typeof historyItemTypes)[number];

/** An item of the history. */
export interface HistoryItem {
  readonly alarmName: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly type: HistoryItemType;
  readonly summary: string;
  /** JSON. */
  readonly data: string;
}

/** AWS keeps 30 days (documented: CLOUDWATCH-API/DescribeAlarmHistory). */
const bounds = { mostItems: 10_000, mostBytes: 8 * 1024 * 1024 };

/** The history of all alarms, deleted ones too. */
export type AlarmHistory = ReturnType<typeof createAlarmHistory>;

/** Creates an empty history; when it is full, the oldest items go. */
export function createAlarmHistory(now: () => number) {
  const items = createBoundedList<HistoryItem>(bounds);

  function add({ settings }: Alarm, type: HistoryItemType, summary: string, told: object): void {
    const data = JSON.stringify({ version: "1.0", ...told });
    const alarmName = settings.AlarmName;
    const bytes = 2 * (alarmName.length + summary.length + data.length) + 200;
    items.add({ alarmName, timestamp: now(), type, summary, data }, bytes);
  }

  return {
    configured(alarm: Alarm, change: "Create" | "Update" | "Delete"): void {
      const { AlarmName } = alarm.settings;
      const done = `${change.toLowerCase()}d`;
      const summary = `Alarm "${AlarmName}" ${done}`;
      add(alarm, "ConfigurationUpdate", summary, {
        type: change,
        [`${done}Alarm`]: alarm.settings,
      });
    },
    stateChanged(alarm: Alarm, old: AlarmState): void {
      const summary = `Alarm updated from ${old.value} to ${alarm.state.value}`;
      const states = { oldState: stateData(old), newState: stateData(alarm.state) };
      add(alarm, "StateUpdate", summary, states);
    },
    /** `error` is what the action was refused with. */
    acted(alarm: Alarm, action: string, error?: string): void {
      const summary =
        error === undefined
          ? `Successfully executed action ${action}`
          : `Failed to execute action ${action}. Received error: "${error}"`;
      const actionState = error === undefined ? "Succeeded" : "Failed";
      add(alarm, "Action", summary, { actionState, notificationResource: action, error });
    },
    /** Oldest first. */
    list: () => items.list(),
  };
}

function stateData({ value, reason, reasonData }: AlarmState) {
  return { stateValue: value, stateReason: reason, stateReasonData: jsonOf(reasonData) };
}

function jsonOf(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}
