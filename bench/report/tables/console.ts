/** The tables of the console's page. */
import type { Compared } from "../../local-cloud/console-page.ts";
import type { BenchResults } from "../../measure/results.ts";
import { showBytes, showRatio, showSpread } from "../numbers.ts";
import type { Table } from "./table.ts";

/** The tables; none without figures. */
export function consoleTables({ console }: BenchResults): readonly Table[] {
  if (console === undefined) return [];
  return [
    {
      title: "Requests to the local cloud beside the console's page",
      rows: [
        ["", "closed 1/s", "open 1/s", "open"],
        rowOf("refused by the authorizer", console.refused),
        rowOf("greeted", console.greeted),
      ],
      notes: ["Medians of rounds with both; browser and clients share the machine."],
    },
    {
      title: "Memory with the page open",
      rows: [
        ["requests", "the page's heap", "its DOM nodes", "the local cloud"],
        ...console.samples.map(({ requests, heap, nodes, rss }) => [
          String(requests),
          showBytes(heap),
          String(nodes),
          showBytes(rss),
        ]),
      ],
      notes: ["One greeting to four refused requests; the page's heap after a collection."],
    },
  ];
}

const rowOf = (what: string, { closed, open }: Compared): string[] => [
  what,
  showSpread(closed),
  showSpread(open),
  showRatio(open, closed),
];
