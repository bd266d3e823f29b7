/**
 * Why an alarm is in its state, in AWS's words (recorded: states and notifications of alarms in public
 * repositories; the test has them).
 */
import {
  isBreaching,
  type DataPoint,
  type Evaluation,
  type RealPoint,
  type StateValue,
} from "./evaluate.ts";
import { periodOf, type AlarmSettings } from "./settings.ts";
import { awsTime, javaDouble, reasonTime } from "./texts.ts";

/** The StateReason of an evaluation. */
export function stateReason(settings: AlarmSettings, evaluation: Evaluation): string {
  const { state, points, filled } = evaluation;
  if (state === "INSUFFICIENT_DATA") {
    return `Insufficient Data: ${counted(filled, "datapoint")} unknown.`;
  }
  const missing = missingText(settings, filled);
  const crossed = points.filter(
    ({ value }) => isBreaching(settings, value) === (state === "ALARM"),
  );
  if (crossed.length === 0) {
    const periods = `${filled} period${filled === 1 ? "" : "s"}`;
    return `Threshold Crossed: no datapoints were received for ${periods}${missing}.`;
  }
  return `Threshold Crossed: ${crossedText(settings, state, crossed, missing)}${transition(settings, state)}.`;
}

/** From five points on they stand after the sentence; three do not. */
const manyPoints = 5;

function crossedText(
  { ComparisonOperator, Threshold, DatapointsToAlarm, EvaluationPeriods }: AlarmSettings,
  state: StateValue,
  crossed: readonly RealPoint[],
  missing: string,
): string {
  const not = state === "ALARM" ? "" : "not ";
  const comparison = `${not}${comparisons[ComparisonOperator]} the threshold (${javaDouble(Threshold)})`;
  const list = `[${crossed.map(({ value, start }) => `${javaDouble(value)} (${reasonTime(start)})`).join(", ")}]`;
  const count = crossed.length;
  const was = count === 1 ? "was" : "were";
  const datapoints =
    DatapointsToAlarm === undefined
      ? `${count} datapoint${count === 1 ? "" : "s"}`
      : `${count} out of the last ${EvaluationPeriods} datapoints`;
  return count < manyPoints
    ? `${datapoints} ${list} ${was} ${comparison}${missing}`
    : `${datapoints} ${was} ${comparison}${missing}. The most recent datapoints which crossed the threshold: ${list}`;
}

const comparisons: Readonly<Record<AlarmSettings["ComparisonOperator"], string>> = {
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  GreaterThanThreshold: "greater than",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

function missingText({ TreatMissingData = "missing" }: AlarmSettings, filled: number): string {
  const treated = filledAs.get(TreatMissingData);
  return filled === 0 || treated === undefined
    ? ""
    : ` and ${counted(filled, "missing datapoint")} treated as [${treated}]`;
}

const filledAs = new Map([
  ["breaching", "Breaching"],
  ["notBreaching", "NonBreaching"],
]);

/** Said of alarms whose DatapointsToAlarm is given. */
function transition(settings: AlarmSettings, state: StateValue): string {
  const { DatapointsToAlarm: toAlarm, EvaluationPeriods } = settings;
  if (toAlarm === undefined) return "";
  const least = state === "ALARM" ? toAlarm : EvaluationPeriods - toAlarm + 1;
  const change = state === "ALARM" ? "OK -> ALARM" : "ALARM -> OK";
  return ` (minimum ${least} datapoint${least === 1 ? "" : "s"} for ${change} transition)`;
}

/** Such as `1 datapoint was` and `2 datapoints were`. */
function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} was` : `${count} ${noun}s were`;
}

/** The StateReasonData of an evaluation of the points of a range, newest first. */
export function stateReasonData(
  settings: AlarmSettings,
  { points, filled }: Evaluation,
  range: readonly DataPoint[],
  now: number,
): string {
  const oldest = points.at(-1);
  const missing = range.filter(({ value }) => value === undefined).slice(0, filled);
  const evaluated = [...points, ...missing].toSorted((one, other) => other.start - one.start);
  return JSON.stringify({
    version: "1.0",
    queryDate: awsTime(now),
    startDate: oldest && awsTime(oldest.start),
    unit: settings.Unit,
    statistic: settings.Statistic ?? settings.ExtendedStatistic,
    period: periodOf(settings),
    recentDatapoints: points.map(({ value }) => value).toReversed(),
    threshold: settings.Threshold,
    evaluatedDatapoints: evaluated.map(({ start, sampleCount, value }) => ({
      timestamp: awsTime(start),
      sampleCount,
      value,
    })),
  });
}
