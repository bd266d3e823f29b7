/** The values of metric math. */
import type { TimeSeries } from "./series.ts";

/** What a part of an expression is: a number, a series, several, or a word between them. */
export type Value = number | TimeSeries | readonly TimeSeries[] | Word;

/** A text, such as of `METRICS("errors")`, or a word such as `REPEAT`. */
export interface Word {
  readonly word: string;
}

/** Whether a value is a number or one series. */
export const isOperand = (value: Value): value is number | TimeSeries =>
  typeof value === "number" || (!isList(value) && "points" in value);

/** Whether a value is an array of series. */
export const isList = (value: Value | undefined): value is readonly TimeSeries[] =>
  Array.isArray(value);
