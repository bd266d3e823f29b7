/** What stages cost, and that docs/operations.md has the same sums. */
import fs from "node:fs";
import { routeRows } from "@secure-lambda/functions/contract";
import { expect, it } from "vitest";
import {
  inDollars,
  inFigures,
  priceOf,
  sumOf,
  type Item,
} from "../../../scripts/rehearsal/cost/item.ts";
import { millionRequests } from "../../../scripts/rehearsal/cost/million.ts";
import { beforeRequests, withRequests } from "../../../scripts/rehearsal/cost/month.ts";
import { notPriced } from "../../../scripts/rehearsal/cost/not-priced.ts";
import { READ_ON } from "../../../scripts/rehearsal/cost/prices.ts";
import { viewGraph, type GraphView } from "../../../scripts/rehearsal/graph-view.ts";
import type { DeployedStage } from "./deployed.ts";

const tables: readonly (readonly [string, (graph: GraphView) => Item[]])[] = [
  ["before the first request", beforeRequests],
  ["with requests", withRequests],
  ["for a million requests", millionRequests],
];

/** The document is about two routes; each has metrics of its methods. */
const documented = tables.filter(([name]) => name !== "with requests" || routeRows.length === 2);

export function testCosts(prod: DeployedStage, developer: DeployedStage): void {
  const views = () => [prod, developer].map(({ graph }) => viewGraph(graph().resources));

  it("are below 9 dollars a month for a developer stage, before its first request", () => {
    const [ofProd = 0, ofDeveloper = 0] = views().map((graph) => sumOf(beforeRequests(graph)));
    expect(ofDeveloper).toBeLessThan(9);
    expect(ofProd).toBeGreaterThan(ofDeveloper);
  });

  it("have a price for everything that this app has", () => {
    expect(views().flatMap(notPriced)).toEqual([]);
  });

  it.each(documented)("%s are those of docs/operations.md", (_, itemsOf) => {
    const text = fs.readFileSync("docs/operations.md", "utf8").replaceAll(/ {2,}/g, " ");
    expect(text).toContain(READ_ON);
    for (const row of rowsOf(views().map(itemsOf))) expect(text).toContain(row);
  });
}

/** A row of a table of the document for each item: the price, then count and sum of each stage. */
function rowsOf(stages: readonly (readonly Item[])[]): string[] {
  const parts = new Map(stages.flat().map((item) => [item.what, item]));
  const rows = [...parts].map(([what, item]) => [
    what,
    priceOf(item.price),
    ...stages.flatMap((items) => {
      const found = items.find((one) => one.what === what);
      return found === undefined ? ["–", "–"] : [inFigures(found.count), inDollars(sumOf([found]))];
    }),
  ]);
  const sums = stages.flatMap((items) => ["", `**${inDollars(sumOf(items))}**`]);
  return [...rows, ["**Together**", "", ...sums]].map((cells) =>
    `| ${cells.join(" | ")} |`.replaceAll(/ {2,}/g, " "),
  );
}
