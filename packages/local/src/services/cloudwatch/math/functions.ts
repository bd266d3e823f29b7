/** The functions of metric math that are supported (CLOUDWATCH/using-metric-math). */
import { invalidExpression, unsupportedMath } from "./errors.ts";
import { fill } from "./fill.ts";
import { reduceSeries, withPoints, type TimeSeries } from "./series.ts";
import { isList, isOperand, type Value } from "./values.ts";

/** What functions ask of the request that an expression is in. */
export interface Request {
  /** The metrics whose ids contain a text, without expressions. */
  metrics(part: string): TimeSeries[];
  /** The starts of the periods of a length in seconds, the first first. @throws AwsError for too many */
  times(period: number): number[];
}

type MathFunction = (args: readonly Value[], request: Request) => Value;

const functions: Readonly<Record<string, MathFunction>> = {
  IF: choose,
  FILL([series, filler, ...more], request) {
    if (filler === undefined || isList(filler) || more.length > 0) throw wrongArguments("FILL");
    const filled = (one: TimeSeries) => fill(one, filler, request.times(one.period));
    if (isList(series)) return series.map(filled);
    return filled(seriesIn("FILL", series));
  },
  METRICS([part, ...more], request) {
    if (more.length > 0) throw wrongArguments("METRICS");
    if (part === undefined) return request.metrics("");
    if (typeof part === "number" || !("word" in part)) throw wrongArguments("METRICS");
    return request.metrics(part.word);
  },
  PERIOD: ([series, ...more]) => {
    if (more.length > 0) throw wrongArguments("PERIOD");
    return seriesIn("PERIOD", series).period;
  },
  // Of an array, a missing value counts as 0 (documented: of AVG); of MIN and MAX it is left out (assumed).
  AVG: reducer("AVG", (values) => sum(values) / values.length),
  SUM: reducer("SUM", sum),
  MIN: reducer("MIN", (values) => Math.min(...known(values))),
  MAX: reducer("MAX", (values) => Math.max(...known(values))),
};

/** Calls a function. @throws AwsError for one that is not supported, or not with these arguments. */
export function callFunction(name: string, args: readonly Value[], request: Request): Value {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (found === undefined) throw unsupportedMath(`the function ${name}`);
  return found(args, request);
}

/**
 * A function that makes a number of one series, and one series of several. Of a series without data
 * points it gives no number, so that what is computed with it is dropped (assumed).
 */
function reducer(
  name: string,
  reduce: (values: readonly (number | undefined)[]) => number,
): MathFunction {
  return ([of, ...more]) => {
    if (more.length > 0) throw wrongArguments(name);
    if (isList(of)) return reduceSeries(of, reduce);
    const values = [...seriesIn(name, of).points.values()];
    return values.length === 0 ? Number.NaN : reduce(values);
  };
}

/** Documented: CLOUDWATCH/using-metric-math, Using IF expressions. */
function choose([condition, whenTrue, whenFalse, ...more]: readonly Value[]): Value {
  const given = [condition, whenTrue, whenFalse].filter((value) => value !== undefined);
  if (given.length < 2 || more.length > 0 || !given.every(isOperand)) {
    throw wrongArguments("IF");
  }
  if (typeof condition === "number") {
    const otherwise = whenFalse ?? withPoints(seriesIn("IF", whenTrue), []);
    return seriesIn("IF", condition === 0 ? otherwise : whenTrue);
  }
  const series = seriesIn("IF", condition);
  const at = (value: Value | undefined, time: number, missing: number | undefined) => {
    if (value === undefined || typeof value === "number") return value;
    return seriesIn("IF", value).points.get(time) ?? missing;
  };
  return withPoints(
    series,
    [...series.points].map(([time, truth]) => [
      time,
      truth === 0 ? at(whenFalse, time, undefined) : at(whenTrue, time, 0),
    ]),
  );
}

function seriesIn(name: string, value: Value | undefined): TimeSeries {
  if (typeof value === "object" && "points" in value) return value;
  throw wrongArguments(name);
}

function wrongArguments(name: string) {
  return invalidExpression(`${name} does not take these arguments`);
}

const known = (values: readonly (number | undefined)[]) =>
  values.filter((value) => value !== undefined);

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}
