/** The evaluation of an alarm's data points (documented: CLOUDWATCH/alarm-evaluation, CLOUDWATCH/alarms-and-missing-data). */
import type { AlarmSettings } from "./settings.ts";

/** The states of an alarm. */
export const stateValues = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;

/** A state of an alarm. */
export type StateValue = (typeof stateValues)[number];

/** What an alarm watches, in one period. */
export interface DataPoint {
  /** The beginning of the period, in milliseconds since 1970. */
  readonly start: number;
  /** Undefined where data is missing. */
  readonly value: number | undefined;
  /** Of a metric, not of an expression. */
  readonly sampleCount?: number | undefined;
}

/** A data point with data. */
export type RealPoint = DataPoint & { readonly value: number };

/** What an evaluation comes to. */
export interface Evaluation {
  readonly state: StateValue;
  /** The points that were evaluated, newest first. */
  readonly points: readonly RealPoint[];
  /** How many missing points had to be filled in. */
  readonly filled: number;
}

/**
 * The periods that an alarm reads, in case the latest ones have no data. AWS's example reads five for
 * three; that it is two more for others is assumed.
 */
export const evaluationRange = ({ EvaluationPeriods }: AlarmSettings): number =>
  EvaluationPeriods + 2;

/** Evaluates the points of the evaluation range, newest first; undefined keeps the current state. */
export function evaluate(
  settings: AlarmSettings,
  range: readonly DataPoint[],
): Evaluation | undefined {
  const { EvaluationPeriods: most, DatapointsToAlarm: toAlarm = most } = settings;
  const points = range.filter(isReal).slice(0, most);
  if (hasTooFewSamples(settings, points)) return undefined;
  const filled = most - points.length;
  const breaching = points.filter(({ value }) => isBreaching(settings, value)).length;
  const found = (state: StateValue): Evaluation => ({ state, points, filled });

  if (breaching >= toAlarm) return found("ALARM");
  if (filled === 0) return found("OK");
  const treatment = settings.TreatMissingData ?? "missing";
  if (treatment === "breaching") return found(breaching + filled >= toAlarm ? "ALARM" : "OK");
  if (treatment === "notBreaching" || breaching < points.length) return found("OK");
  if (treatment === "ignore") return undefined;
  return found(isOldEnough(range, toAlarm) ? "ALARM" : "INSUFFICIENT_DATA");
}

const crossings: Readonly<
  Record<AlarmSettings["ComparisonOperator"], (value: number, threshold: number) => boolean>
> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Whether a value is beyond the threshold. */
export function isBreaching(settings: AlarmSettings, value: number): boolean {
  return crossings[settings.ComparisonOperator](value, settings.Threshold);
}

function isReal(point: DataPoint): point is RealPoint {
  return point.value !== undefined;
}

/**
 * With no points but breaching and missing ones an alarm waits until the oldest breaching point is as
 * old as DatapointsToAlarm, since the next may not breach. Until then its state is the one that an
 * earlier version of the page had in its table, `INSUFFICIENT_DATA` (awsdocs/amazon-cloudwatch-user-guide).
 */
function isOldEnough(range: readonly DataPoint[], toAlarm: number): boolean {
  return range.findLastIndex(isReal) + 1 >= toAlarm;
}

/**
 * Whether there are too few samples for a percentile, of an alarm that then waits: fewer than
 * 10 / (1 − percentile) for one above the median, and than 10 / percentile for one below.
 */
function hasTooFewSamples(settings: AlarmSettings, points: readonly RealPoint[]): boolean {
  const { ExtendedStatistic = "", EvaluateLowSampleCountPercentile } = settings;
  const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(ExtendedStatistic) ?? [];
  if (percent === undefined || EvaluateLowSampleCountPercentile !== "ignore") return false;
  const share = Number(percent) / 100;
  const samples = points.reduce((sum, { sampleCount = 0 }) => sum + sampleCount, 0);
  // In whole samples, as 10 / (1 - 0.99) is a little more than 1,000 in binary fractions.
  return points.length > 0 && samples < Math.round(10 / (share < 0.5 ? share : 1 - share));
}
