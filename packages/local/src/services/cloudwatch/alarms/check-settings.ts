/** Checks what the settings of an alarm say together, as PutMetricAlarm does (documented: CLOUDWATCH-API/PutMetricAlarm). */
import { AwsError, unsupported } from "../../../aws-protocol/errors.ts";
import { parseInput } from "../../../aws-protocol/input.ts";
import { alarmSettings, periodOf, queriesOf, type AlarmSettings } from "./settings.ts";

/** The settings in an input. @throws AwsError ValidationError, or for what is not supported */
export function checkSettings(input: unknown): AlarmSettings {
  const settings = parseInput(alarmSettings, input, "ValidationError");
  if (settings.Metrics === undefined) checkMetric(settings);
  else checkQueries(settings, settings.Metrics);
  checkPeriods(settings);
  for (const action of actionsOf(settings)) checkAction(action);
  return settings;
}

function checkMetric(settings: AlarmSettings): void {
  for (const required of ["Namespace", "MetricName", "Period"] as const) {
    if (settings[required] === undefined) {
      throw invalid(`${required} is required for an alarm without Metrics.`);
    }
  }
  const { Statistic, ExtendedStatistic } = settings;
  if ((Statistic === undefined) === (ExtendedStatistic === undefined)) {
    throw invalid("Exactly one of Statistic and ExtendedStatistic must be given.");
  }
}

/** Recorded but for the first and the last two: botched alarms of users, in public repositories. */
function checkQueries(settings: AlarmSettings, queries: NonNullable<AlarmSettings["Metrics"]>) {
  const beside = ["Namespace", "MetricName", "Period", "Unit", "Statistic", "ExtendedStatistic"];
  const given = Object.entries(settings).find(
    ([key, value]) => beside.includes(key) && value !== undefined,
  );
  if (given !== undefined || settings.Dimensions.length > 0) {
    throw invalid(`Metrics and ${given?.[0] ?? "Dimensions"} cannot be given together.`);
  }
  if (queries.filter(({ ReturnData }) => ReturnData).length !== 1) {
    throw invalid("Exactly one element of the metrics list should return data.");
  }
  const ids = queries.map(({ Id }) => Id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid(`The id ${twice} is in Metrics twice.`);
  const odd = queries.find(
    ({ Expression, MetricStat }) => (Expression === undefined) === (MetricStat === undefined),
  );
  if (odd !== undefined) {
    throw invalid(`${odd.Id} must have exactly one of Expression and MetricStat.`);
  }
}

const day = 86_400;

function checkPeriods(settings: AlarmSettings): void {
  const periods = queriesOf(settings).flatMap(
    ({ Period, MetricStat }) => MetricStat?.Period ?? Period ?? [],
  );
  const period = periodOf(settings);
  const other = periods.find((one) => one !== period);
  if (other !== undefined) {
    throw invalid(`The metrics of an alarm must have one period, not ${period} and ${other} s.`);
  }
  if ([10, 20, 30].includes(period)) {
    throw unsupported(`alarms with a period of ${period} s`, "ValidationError");
  }
  if (period === 0 || period % 60 !== 0) {
    throw invalid("Period must be 10, 20, 30 or a multiple of 60.");
  }
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = settings;
  if (DatapointsToAlarm > EvaluationPeriods) {
    throw invalid("DatapointsToAlarm must not be greater than EvaluationPeriods.");
  }
  const evaluated = period * EvaluationPeriods;
  if (period < 3600 && evaluated > day) {
    throw invalid(
      "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
    );
  }
  if (evaluated > 7 * day) {
    throw invalid(
      "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for alarms using period >= 3600",
    );
  }
}

function actionsOf(settings: AlarmSettings): string[] {
  return [...settings.OKActions, ...settings.AlarmActions, ...settings.InsufficientDataActions];
}

/** Like AWS it does not ask whether there is such a topic. */
function checkAction(arn: string): void {
  const parts = arn.split(":");
  if (parts[0] !== "arn" || parts.length < 6) throw invalid(`Invalid arn syntax: ${arn}`);
  if (parts[2] !== "sns") {
    throw unsupported(`the alarm action ${arn}: only topics are notified`, "ValidationError");
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}
