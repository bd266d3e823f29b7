/** A cloud with alarms on the errors of a function: minutes pass when the test says so. */
import { afterEach, beforeEach } from "vitest";
import type { AlarmChange } from "../../../../src/services/cloudwatch/alarms/alarm.ts";
import type { RefusedAction } from "../../../../src/services/cloudwatch/alarms/actions.ts";
import type { HistoryItemType } from "../../../../src/services/cloudwatch/alarms/history.ts";
import type { Measurement } from "../../../../src/services/cloudwatch/measurement.ts";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { settings } from "./alarm-settings.ts";

export function setUpAlarms() {
  let cloud: StartedCloud;
  const told: AlarmChange[] = [];
  const refused: RefusedAction[] = [];
  beforeEach(async () => {
    told.length = 0;
    refused.length = 0;
    cloud = await startTestCloud({
      onAlarm: (change) => told.push(change),
      onRefusedAction: (action) => refused.push(action),
    });
    cloud.minutes.pass();
  });
  afterEach(() => cloud.stop());

  return {
    cloud: () => cloud,
    put: (changed: object) => cloud.cloudwatch.alarms.put({ ...settings, ...changed }),
    /** Measures in the current minute: errors of the function by default. */
    measure: (value: number, more: Partial<Measurement> = {}) =>
      cloud.cloudwatch.metrics.measure({
        namespace: "AWS/Lambda",
        metricName: "Errors",
        dimensions: { FunctionName: "greet" },
        unit: "Count",
        value,
        ...more,
      }),
    pass: (minutes?: number) => cloud.minutes.pass(minutes),
    state: () => cloud.cloudwatch.alarms.get("errors").state,
    /** What was told of changes of states, and of actions that were refused. */
    told,
    refused,
    /** The summaries of the history's items of a type, oldest first. */
    summaries: (of: HistoryItemType) =>
      cloud.cloudwatch.alarms
        .history()
        .flatMap(({ type, summary }) => (type === of ? [summary] : [])),
  };
}
