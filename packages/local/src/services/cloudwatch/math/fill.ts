/** FILL: the missing data points of a series (documented: CLOUDWATCH/using-metric-math). */
import { invalidExpression } from "./errors.ts";
import { withPoints, type TimeSeries } from "./series.ts";
import type { Word } from "./values.ts";

/**
 * A series with a data point at each of the times: where it has none, a number, another series' data
 * point, the last value (`REPEAT`), or one on the line between its neighbours (`LINEAR`). Before the
 * first value and after the last, the latter two have none (assumed).
 */
export function fill(
  series: TimeSeries,
  filler: number | TimeSeries | Word,
  times: readonly number[],
): TimeSeries {
  const missing = missingValue(series, filler);
  const filled = times.map((time) => [time, series.points.get(time) ?? missing(time)] as const);
  return withPoints(series, filled);
}

function missingValue(
  series: TimeSeries,
  filler: number | TimeSeries | Word,
): (time: number) => number | undefined {
  if (typeof filler === "number") return () => filler;
  if ("points" in filler) return (time) => filler.points.get(time);
  const { word } = filler;
  if (word !== "REPEAT" && word !== "LINEAR") throw invalidExpression(`FILL does not take ${word}`);
  const known = [...series.points];
  let next = 0;
  // The times come in their order, as the known points are: neither is gone through again.
  return (time) => {
    while ((known[next]?.[0] ?? Infinity) < time) next += 1;
    const [[start, from] = [], [end, to] = []] = [known[next - 1], known[next]];
    if (word === "REPEAT" || start === undefined || from === undefined) return from;
    if (end === undefined || to === undefined) return undefined;
    return from + ((to - from) * (time - start)) / (end - start);
  };
}
