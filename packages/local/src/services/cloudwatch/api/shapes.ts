/**
 * Shapes of CloudWatch's inputs, with the limits of AWS's model and of CLOUDWATCH-API/PutMetricData.
 * In the query protocol every value is a text.
 */
import * as z from "zod";
import { unsupported } from "../../../aws-protocol/errors.ts";
import { validationError } from "../errors.ts";
import { units, type Metric } from "../measurement.ts";

const printable = /^[\x20-\x7e]*\S[\x20-\x7e]*$/;
const numberText = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A finite number. */
export const number = z.union(
  [z.number(), z.string().regex(numberText).transform(Number).pipe(z.number())],
  { error: "must be a number" },
);

/** A whole number. */
export const integer = number.pipe(z.int("must be a whole number"));

/** A boolean. */
export const boolean = z.union(
  [z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })],
  { error: "must be true or false" },
);

/** Seconds from 1970 to the last time that a date can have. */
const LATEST = 8.64e12;

/** A time; the output is in milliseconds since 1970. */
export const timestamp = z.union(
  [
    z
      .number()
      .min(-LATEST)
      .max(LATEST)
      .transform((seconds) => Math.round(seconds * 1000)),
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  ],
  { error: "must be a time" },
);

/** The name of a metric. */
export const metricName = z.string().min(1).max(255).regex(printable, "must be ASCII text");

/** A namespace. */
export const namespace = metricName.regex(/^[^:]/, "must not begin with a colon");

/** A unit. */
export const unit = z.enum(units);

const dimensionName = namespace;
const dimensionValue = z.string().min(1).max(1024).regex(printable, "must be ASCII text");

/** A list of at most 30 dimensions; the output has their values by name. */
export const dimensions = z
  .array(z.strictObject({ Name: dimensionName, Value: dimensionValue }))
  .max(30)
  .refine((all) => new Set(all.map(({ Name }) => Name)).size === all.length, {
    error: "must have each name once",
  })
  .default([])
  .transform((all): Metric["dimensions"] =>
    Object.fromEntries(all.map(({ Name, Value }) => [Name, Value])),
  );

/** Filters of dimensions. */
export const dimensionFilters = z
  .array(z.strictObject({ Name: dimensionName, Value: dimensionValue.optional() }))
  .max(10)
  .default([]);

/** Those of a high resolution: the local cloud keeps minutes. */
const shortPeriods = [1, 5, 10, 20, 30];

/** A period in seconds, as AWS counts them. @throws AwsError for one of less than a minute */
export const period = integer.transform((seconds, context) => {
  if (shortPeriods.includes(seconds)) {
    throw unsupported(`the period ${seconds}; its shortest is 60`, validationError);
  }
  if (seconds > 0 && seconds % 60 === 0) return seconds;
  context.addIssue("must be a multiple of 60");
  return z.NEVER;
});

/** Dimensions in an output. */
export function describeMetric({ namespace: Namespace, metricName: MetricName, ...of }: Metric) {
  const Dimensions = Object.entries(of.dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Namespace, MetricName, Dimensions };
}
