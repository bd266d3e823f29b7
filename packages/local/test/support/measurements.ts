/** A list in place of CloudWatch: what services publish, in one line each. */
import type { Measure, Measurement } from "../../src/services/cloudwatch/measurement.ts";

/** Keeps what it is given. */
export interface Measurements {
  readonly measure: Measure;
  readonly all: readonly Measurement[];
  /** Such as `Errors 0 Count FunctionName=Function`; only of these metrics if some are named. */
  readonly lines: (...metricNames: readonly string[]) => string[];
}

/** Creates an empty list. */
export function createMeasurements(): Measurements {
  const all: Measurement[] = [];
  return {
    measure: (...measurements) => void all.push(...measurements),
    all,
    lines: (...metricNames) =>
      all
        .filter(({ metricName }) => metricNames.length === 0 || metricNames.includes(metricName))
        .map(lineOf),
  };
}

function lineOf({ metricName, value, unit, dimensions }: Measurement): string {
  const sets = Object.entries(dimensions).map(([name, text]) => `${name}=${text}`);
  return [metricName, value, unit, sets.join()].join(" ").trim();
}
