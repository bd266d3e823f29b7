/** The statistics of CloudWatch: one number out of a metric's values in a period. */
import { AwsError, unsupported } from "../../../aws-protocol/errors.ts";
import type { Summary } from "./summary.ts";

/** A statistic; undefined where a summary does not have it. */
export type Statistic = (summary: Summary) => number | undefined;

const simple: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};

/** The names of the simple statistics. */
export const simpleStatistics = Object.keys(simple);

/** Documented: CLOUDWATCH/Statistics-definitions: between 0 and 100, with up to ten decimal places. */
const percentileName = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;

/** Trimmed and winsorized means, percentile ranks and their like. */
const otherName = /^(?:(?:tm|wm|tc|ts)\d|(?:TM|WM|TC|TS|PR)\(|IQM$)/;

/**
 * The statistic of a name, such as `Sum` or `p99.9`.
 * @throws AwsError for one that CloudWatch or the local cloud does not have.
 */
export function statisticOf(name: string): Statistic {
  const found = Object.hasOwn(simple, name) ? simple[name] : undefined;
  if (found !== undefined) return found;
  const percent = percentileName.exec(name)?.[1];
  if (percent !== undefined) return (summary) => percentile(summary, Number(percent));
  if (otherName.test(name)) throw unsupported(`the statistic ${name}`, "ValidationError");
  // Reported: prometheus-community/yet-another-cloudwatch-exporter#1435.
  throw new AwsError("ValidationError", `${name} is not a valid statistic.`);
}

/**
 * The lowest value that at least `percent` of the values do not exceed (assumed: AWS documents no
 * more than "95 percent of the data is lower than this value"). None where a value is negative
 * or not known (documented: CLOUDWATCH/cloudwatch_concepts, Percentiles).
 */
function percentile(summary: Summary, percent: number): number | undefined {
  const { values, count, minimum, maximum } = summary;
  if (values === undefined || minimum < 0) return undefined;
  let rest = (count * percent) / 100;
  for (const [value, times] of [...values].toSorted(([one], [other]) => one - other)) {
    rest -= times;
    // Sums of fractions are not exact.
    if (rest <= 1e-9) return Math.min(Math.max(value, minimum), maximum);
  }
  return maximum;
}
