/** The table of warm requests. */
import type { BenchResults } from "../../measure/results.ts";
import { rowLabels, rowNames } from "../../rows/rows.ts";
import { showBytes, showRatio, showSpread } from "../numbers.ts";
import type { Table } from "./table.ts";

/** The table; none without figures. */
export function warmTables({ warm, heap, roundTripMs }: BenchResults): readonly Table[] {
  if (warm === undefined) return [];
  const { guide } = warm;
  const rows = rowNames.flatMap((name) => {
    const figures = warm[name];
    if (figures === undefined) return [];
    const { requestMs, distantRequestMs, cpuUs, awsCalls, rss } = figures;
    return [
      [
        rowLabels[name],
        showSpread(requestMs),
        showRatio(requestMs, guide?.requestMs),
        showSpread(distantRequestMs),
        showRatio(distantRequestMs, guide?.distantRequestMs),
        showSpread(cpuUs),
        awsCalls.toFixed(2),
        showBytes(rss),
      ],
    ];
  });
  const last = heap?.samples.at(-1);
  return [
    {
      title: "Warm requests",
      rows: [
        [
          "",
          "a request, ms",
          "× guide",
          "with round trips, ms",
          "× guide",
          "CPU µs/request",
          "AWS calls/request",
          "memory",
        ],
        ...rows,
      ],
      notes: [
        `50 callers in turn, one request after the other, as Lambda gives them to an environment. A round trip to AWS takes ${roundTripMs} ms. Memory is resident, at the end.`,
        ...(heap === undefined || last === undefined
          ? []
          : [
              `Heap of what is shipped after ${heap.requests.toLocaleString("en-US")} requests: ${showBytes(last.heap)}, resident ${showBytes(last.rss)}.`,
            ]),
      ],
    },
  ];
}
