/** The alarms of a local cloud. */
import { AwsError } from "../../../aws-protocol/errors.ts";
import { limitExceeded } from "../errors.ts";
import type { Minute } from "../minutes.ts";
import { act, type ActionsOptions } from "./actions.ts";
import { initialState, type Alarm, type AlarmChange, type AlarmState } from "./alarm.ts";
import { checkQueries, type MetricReader } from "../queries.ts";
import { dataPointsOf, metricQueries } from "./data-points.ts";
import { evaluate } from "./evaluate.ts";
import { createAlarmHistory } from "./history.ts";
import { checkSettings } from "./check-settings.ts";
import type { AlarmSettings } from "./settings.ts";
import { stateReason, stateReasonData } from "./state-reason.ts";

/** The dependencies of alarms. */
export interface AlarmsOptions extends ActionsOptions {
  readonly now: () => number;
  readonly metrics: MetricReader;
  readonly onChange: (change: AlarmChange) => void;
  /** Told of faults of the local cloud itself. */
  readonly onError: (error: unknown) => void;
}

/** The alarms of a local cloud. */
export type Alarms = ReturnType<typeof createAlarms>;

/** AWS takes 5,000 (documented: CLOUDWATCH/cloudwatch_limits). */
const mostAlarms = 1_000;

/** Creates a local cloud's alarms, of which there are none yet. */
export function createAlarms(options: AlarmsOptions) {
  const { environment, now, metrics, onChange, onError } = options;
  const alarms = new Map<string, Alarm>();
  const history = createAlarmHistory(now);

  const { region, account } = environment;
  const arnOf = (name: string) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

  function get(name: string): Alarm {
    const alarm = alarms.get(name);
    if (alarm === undefined)
      throw new AwsError("ResourceNotFound", `There is no alarm ${name}.`, 404);
    return alarm;
  }

  /** Creates an alarm, or changes its settings and leaves its state. @throws AwsError ValidationError */
  function put(input: unknown): Alarm {
    const settings = checkSettings(input);
    checkQueries(metricQueries(settings));
    const existing = alarms.get(settings.AlarmName);
    if (existing === undefined && alarms.size === mostAlarms) {
      throw limitExceeded(`The local cloud keeps at most ${mostAlarms} alarms.`);
    }
    const alarm = {
      arn: arnOf(settings.AlarmName),
      settings,
      configuredAt: now(),
      state: existing?.state ?? initialState(now()),
    };
    alarms.set(settings.AlarmName, alarm);
    history.configured(alarm, existing === undefined ? "Create" : "Update");
    return alarm;
  }

  /** Gives an alarm a state, and acts if that changes its value. */
  function setState(
    name: string,
    state: Pick<AlarmState, "value" | "reason" | "reasonData">,
  ): void {
    const before = get(name);
    const old = before.state;
    const isChange = state.value !== old.value;
    const updatedAt = now();
    const transitionedAt = isChange ? updatedAt : old.transitionedAt;
    const alarm = { ...before, state: { ...state, updatedAt, transitionedAt } };
    alarms.set(name, alarm);
    if (!isChange) return;
    history.stateChanged(alarm, old);
    const { arn: alarmArn } = alarm;
    onChange({ alarmArn, from: old.value, to: state.value, reason: state.reason });
    act(options, history, alarm, old);
  }

  function evaluateOne({ settings, state }: Alarm, end: number): void {
    const range = dataPointsOf(settings, metrics, end);
    const found = evaluate(settings, range);
    if (found === undefined || found.state === state.value) return;
    setState(settings.AlarmName, {
      value: found.state,
      reason: stateReason(settings, found),
      reasonData: stateReasonData(settings, found, range, now()),
    });
  }

  return {
    arnOf,
    put,
    get,
    list: () => [...alarms.values()],
    history: () => history.list(),
    setState,
    /** Deletes an alarm; none is no error (documented: CLOUDWATCH-API/DeleteAlarms). */
    delete(name: string): void {
      const alarm = alarms.get(name);
      if (alarm === undefined) return;
      alarms.delete(name);
      history.configured(alarm, "Delete");
    },
    setActionsEnabled(name: string, ActionsEnabled: boolean): void {
      const alarm = alarms.get(name);
      if (alarm === undefined || alarm.settings.ActionsEnabled === ActionsEnabled) return;
      put({ ...alarm.settings, ActionsEnabled } satisfies AlarmSettings);
    },
    /** Evaluates every alarm at the end of a minute. */
    evaluateAll({ end }: Minute): void {
      for (const alarm of alarms.values()) {
        try {
          evaluateOne(alarm, end);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
