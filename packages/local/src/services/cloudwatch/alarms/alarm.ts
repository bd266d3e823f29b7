/** An alarm: its settings and its state. */
import type { StateValue } from "./evaluate.ts";
import type { AlarmSettings } from "./settings.ts";

/** The state of an alarm; times in milliseconds since 1970. */
export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON, of an evaluation or as a caller gave it. */
  readonly reasonData: string | undefined;
  readonly updatedAt: number;
  /** When `value` last changed. */
  readonly transitionedAt: number;
}

/** An alarm. */
export interface Alarm {
  readonly arn: string;
  readonly settings: AlarmSettings;
  /** When the settings were last changed, in milliseconds since 1970. */
  readonly configuredAt: number;
  readonly state: AlarmState;
}

/** A change of an alarm's state, as the local cloud tells its user. */
export interface AlarmChange {
  readonly alarmArn: string;
  readonly from: StateValue;
  readonly to: StateValue;
  readonly reason: string;
}

/** The state of an alarm that was just created (recorded: alarms in public repositories). */
export function initialState(now: number): AlarmState {
  return {
    value: "INSUFFICIENT_DATA",
    reason: "Unchecked: Initial alarm creation",
    reasonData: undefined,
    updatedAt: now,
    transitionedAt: now,
  };
}

/** The actions of a state. */
export function actionsOf(settings: AlarmSettings, state: StateValue): readonly string[] {
  if (!settings.ActionsEnabled) return [];
  return {
    OK: settings.OKActions,
    ALARM: settings.AlarmActions,
    INSUFFICIENT_DATA: settings.InsufficientDataActions,
  }[state];
}
