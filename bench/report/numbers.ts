/** Numbers as the report shows them. */
import { halfSpread, ratioOf, type Spread } from "../support/statistics.ts";

/** A few significant digits, thousands grouped: 1,234, 45.6, 0.123. */
export function show(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** The median and half the distance of the quartiles. */
export const showSpread = (spread: Spread): string =>
  `${show(spread.median)} ±${show(halfSpread(spread))}`;

/** A sample as a multiple of another of the same rounds; empty without one. */
export const showRatio = (spread: Spread, base: Spread | undefined): string =>
  base === undefined ? "" : `${ratioOf(spread, base).toFixed(2)}×`;

/** Bytes in thousands or millions. */
export const showBytes = (bytes: number): string =>
  bytes < 1e6 ? `${show(bytes / 1e3)} kB` : `${show(bytes / 1e6)} MB`;
