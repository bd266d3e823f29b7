/** One row of what a stage costs: how much of what, at which price. */
import type { Price } from "./prices.ts";

/** How much of something is billed. */
export interface Item {
  readonly what: string;
  readonly count: number;
  readonly price: Price;
}

/** The item in a list, or none where nothing of it is used. */
export const itemOf = (what: string, count: number, price: Price): Item[] =>
  count === 0 ? [] : [{ what, count, price }];

/** What the items cost together, in US dollars. */
export const sumOf = (items: readonly Item[]): number =>
  items.reduce((sum, { count, price }) => sum + (count / (price.of ?? 1)) * price.usd, 0);

/** Dollars as they are shown: to the cent. */
export const inDollars = (usd: number): string => usd.toFixed(2);

/** `1.00 / rule or rule group`. */
export const priceOf = ({ usd, per }: Price): string =>
  `${usd < 0.01 ? String(usd) : inDollars(usd)} / ${per}`;

/** A number as it is shown: `5,750`, `0.783`. */
export const inFigures = (count: number): string =>
  count.toLocaleString("en-US", { maximumFractionDigits: 3 });
