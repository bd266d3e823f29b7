/** What a stage costs: a month before its first request, a month with requests, a million of them. */
import { inDollars, inFigures, priceOf, sumOf, type Item } from "../cost/item.ts";
import { millionRequests } from "../cost/million.ts";
import { beforeRequests, withRequests } from "../cost/month.ts";
import { notPriced } from "../cost/not-priced.ts";
import { READ_ON } from "../cost/prices.ts";
import type { GraphView } from "../graph-view.ts";
import { sortRows, type Section } from "./section.ts";

/** A row for each sum in US dollars, and below it one for each part, price × count. */
export function summarizeCost(graph: GraphView): Section {
  const unknown = notPriced(graph).map((what) => ["", "?", `not priced: ${what}`]);
  return {
    title: "Cost",
    rows: [
      ...rowsOf(
        `USD a month before the first request, at us-east-1's list prices (${READ_ON})`,
        beforeRequests(graph),
      ),
      ...rowsOf("USD more in a month with requests, however few", withRequests(graph)),
      ...rowsOf("USD more for a million requests", millionRequests(graph)),
      ...sortRows(unknown),
    ],
    none: "Nothing.",
  };
}

const rowsOf = (title: string, items: readonly Item[]): string[][] =>
  items.length === 0
    ? []
    : [
        [inDollars(sumOf(items)), "", title],
        ...items.map((item) => [
          "",
          inDollars(sumOf([item])),
          `${item.what}: ${inFigures(item.count)} × ${priceOf(item.price)}`,
        ]),
      ];
