/** The tables of a run. */
import type { BenchResults } from "../../measure/results.ts";
import { coldTables } from "./cold.ts";
import { consoleTables } from "./console.ts";
import { localCloudTables } from "./local-cloud.ts";
import type { Table } from "./table.ts";
import { warmTables } from "./warm.ts";

/** Every table that the run has figures for. */
export function tablesOf(results: BenchResults): readonly Table[] {
  return [
    ...coldTables(results),
    ...warmTables(results),
    ...localCloudTables(results),
    ...consoleTables(results),
  ];
}
