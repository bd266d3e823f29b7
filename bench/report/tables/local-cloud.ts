/** The tables of the local cloud. */
import type { LoadResult } from "../../local-cloud/load.ts";
import type { BenchResults } from "../../measure/results.ts";
import { show, showSpread } from "../numbers.ts";
import type { Table } from "./table.ts";

/** The tables; none without figures. */
export function localCloudTables({ cloud }: BenchResults): readonly Table[] {
  return cloud === undefined ? [] : [cloudTable(cloud), loadTable(cloud)];
}

type Cloud = NonNullable<BenchResults["cloud"]>;

function cloudTable(cloud: Cloud): Table {
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

function loadTable(cloud: Cloud): Table {
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
