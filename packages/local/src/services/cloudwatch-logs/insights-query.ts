/**
 * The queries of CloudWatch Logs Insights that the local cloud evaluates: what a field equals, counted in bins of
 * time (documented: LOGS/CWL_QuerySyntax).
 */
import type { StoredLogEvent } from "./log-groups.ts";

/** `SOURCE 'GROUP' | filter FIELD = "VALUE" | stats count(*) by bin(1m)` */
const syntax =
  /^\s*SOURCE\s+'(?<group>[^']+)'\s*\|\s*filter\s+(?<field>[\w.@-]+)\s*=\s*"(?<value>[^"\\]*)"\s*\|\s*stats\s+count\(\*\)\s+by\s+bin\((?<minutes>\d{1,4})m\)\s*$/i;

/** A query that counts. */
export interface CountQuery {
  readonly group: string;
  readonly field: string;
  readonly value: string;
  /** The length of a bin. */
  readonly minutes: number;
}

/** Parses a query; undefined for any other. */
export function parseCountQuery(query: string): CountQuery | undefined {
  const { group, field, value, minutes } = syntax.exec(query)?.groups ?? {};
  if (group === undefined || field === undefined || value === undefined) return undefined;
  return Number(minutes) < 1 ? undefined : { group, field, value, minutes: Number(minutes) };
}

/** The bins of the events that match, oldest first, each with its number of events; one without any is no row. */
export function countEvents(
  events: readonly StoredLogEvent[],
  { field, value }: Pick<CountQuery, "field" | "value">,
  binMs: number,
): [start: number, count: number][] {
  const bins = new Map<number, number>();
  for (const { timestamp, message } of events) {
    if (fieldIn(message, field) !== value) continue;
    const start = timestamp - (timestamp % binMs);
    bins.set(start, (bins.get(start) ?? 0) + 1);
  }
  return [...bins].toSorted(([one], [other]) => one - other);
}

/** The fields of a message of JSON are discovered, also those within others: `a.b`. */
function fieldIn(message: string, field: string): string | undefined {
  let found: unknown;
  try {
    found = JSON.parse(message);
  } catch {
    return undefined;
  }
  for (const key of field.split(".")) {
    if (typeof found !== "object" || found === null) return undefined;
    found = new Map<string, unknown>(Object.entries(found)).get(key);
  }
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}
