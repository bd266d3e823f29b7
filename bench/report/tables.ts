/** The tables of a run. */
import type { BenchResults } from "../measure/results.ts";
import type { LoadResult } from "../local-cloud/load.ts";
import { show, showBytes, showRatio, showSpread } from "./numbers.ts";

/** A title, the column heads and the rows; the first column is text. */
export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** Every table that the run has figures for. */
export function tablesOf(results: BenchResults): readonly Table[] {
  return [coldTable(results), warmTable(results), cloudTable(results), loadTable(results)].filter(
    (table) => table !== undefined,
  );
}

function coldTable({ cold, zips }: BenchResults): Table | undefined {
  if (cold === undefined) return undefined;
  const { candidates, memoryMb, means, runs } = cold;
  const guide = candidates.guide;
  const rows = Object.entries(candidates).map(([name, figures]) => {
    const { firstResponse, firstResponseThrottled, invokeCpu, initCpu } = figures;
    const zip = Object.entries(zips).find(([candidate]) => candidate === name)?.[1];
    return [
      name,
      showSpread(firstResponse),
      showRatio(firstResponse, guide?.firstResponse),
      showSpread(firstResponseThrottled),
      showRatio(firstResponseThrottled, guide?.firstResponseThrottled),
      showSpread(initCpu),
      showSpread(invokeCpu),
      showRatio(invokeCpu, guide?.invokeCpu),
      zip === undefined ? "" : showBytes(zip),
    ];
  });
  return {
    title: "Cold start",
    rows: [
      [
        "",
        "first response, ms",
        "× guide",
        `at ${memoryMb} MB, ms`,
        "× guide",
        "init, CPU ms",
        "first invoke, CPU ms",
        "× guide",
        "archive",
      ],
      ...rows,
    ],
    notes: [
      `Medians of ${runs} starts, ± half the distance of the quartiles; × is the median of each round's ratio. SNS and Secrets Manager over TLS 1.3 on loopback.`,
      "ours-code-cache: with the setting codeCache, which is off by default: a cache made by the very same Node.",
      `At ${memoryMb} MB: init at full speed, then Lambda's share of a CPU (by ${means}).`,
    ],
  };
}

function warmTable({ warm, heap }: BenchResults): Table | undefined {
  if (warm === undefined) return undefined;
  const guide = warm.rows["guide"];
  const rows = Object.entries(warm.rows).map(([label, figures]) => [
    label,
    showSpread(figures.sequential),
    showRatio(figures.sequential, guide?.sequential),
    showSpread(figures.inFlight),
    showRatio(figures.inFlight, guide?.inFlight),
    showSpread(figures.cpuUs),
    figures.awsCalls.toFixed(2),
    showBytes(figures.rss),
  ]);
  const last = heap?.samples.at(-1);
  return {
    title: "Warm requests",
    rows: [
      [
        "",
        "sequential, 1/s",
        "× guide",
        "50 in flight, 1/s",
        "× guide",
        "CPU µs/request",
        "AWS calls/request",
        "memory",
      ],
      ...rows,
    ],
    notes: [
      "50 callers in turn, AWS over plain HTTP on loopback. Memory is resident, after the load with 50 in flight.",
      ...(heap === undefined || last === undefined
        ? []
        : [
            `Heap of ours after ${heap.requests.toLocaleString("en-US")} requests: ${showBytes(last.heap)}, resident ${showBytes(last.rss)}.`,
          ]),
    ],
  };
}

function cloudTable({ cloud }: BenchResults): Table | undefined {
  if (cloud === undefined) return undefined;
  const { startUp, throughGateway, functionAlone, serverlessOffline } = cloud;
  const peer = typeof serverlessOffline === "string" ? undefined : serverlessOffline;
  return {
    title: "Local cloud",
    rows: [
      ["", "ms"],
      ["npm start to ready", showSpread(startUp)],
      ["a greeting through the gateway", showSpread(throughGateway)],
      ["the same by Lambda's Invoke", showSpread(functionAlone)],
      [
        "what firewall, authorizer and gateway add",
        show(throughGateway.median - functionAlone.median),
      ],
      ...(peer === undefined ? [] : [["serverless-offline to ready", show(peer.startUpMs)]]),
    ],
    notes:
      typeof serverlessOffline === "string" ? [`serverless-offline: ${serverlessOffline}`] : [],
  };
}

function loadTable({ cloud }: BenchResults): Table | undefined {
  if (cloud === undefined) return undefined;
  const { greeted, refused, serverlessOffline } = cloud;
  return {
    title: "Requests to the local cloud",
    rows: [
      ["", "connections", "1/s", "median ms", "99 % ms", "wrong"],
      ...rowsOf("refused by the authorizer", refused),
      ...rowsOf("greeted", greeted),
      ...(typeof serverlessOffline === "string"
        ? []
        : rowsOf("greeted by serverless-offline", serverlessOffline.greeted)),
    ],
    notes: [
      "On a copy whose throttle is lifted; from ten greetings at a time on, they wait: a function has ten processes here. The clients share the machine.",
      "A greeting includes its delivery to InternalLambda. serverless-offline checks no token, firewall, throttle or grant; its AWS calls go to the local cloud.",
    ],
  };
}

function rowsOf(what: string, loads: readonly LoadResult[]): string[][] {
  return loads.map(({ connections, perSecond, p50, p99, wrong }) => [
    what,
    String(connections),
    show(perSecond),
    show(p50),
    show(p99),
    String(wrong),
  ]);
}
