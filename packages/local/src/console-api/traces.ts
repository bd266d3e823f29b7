/** Routes of traces. */
import * as z from "zod";
import { maskPersonal } from "../requests/masking.ts";
import type { RequestRecorder } from "../requests/recorder.ts";
import { parseFilter } from "../services/xray/filter-expressions/parse.ts";
import { type Summary, summarize } from "../services/xray/summary.ts";
import type { Xray } from "../services/xray/xray.ts";
import { ApiProblem, orProblem } from "./problem.ts";
import { bare, defineRoute, type Route } from "./route.ts";
import { flagOf, traceRows } from "./trace-rows.ts";
import { traceDetail, tracesSchema } from "./traces-view.ts";

/** What the routes are about. */
export interface TraceRoutesOptions {
  readonly xray: { readonly traces: Pick<Xray["traces"], "find" | "list"> };
  readonly requests: Pick<RequestRecorder, "newestFirst">;
}

const shownTraces = 100;

/** The routes. */
export function traceRoutes({ xray: { traces }, requests }: TraceRoutesOptions): Route[] {
  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/traces",
      operationId: "listTraces",
      summary: `Lists the ${shownTraces} newest traces, the newest first.`,
      query: z.strictObject({
        filter: z.string().default("").describe("A filter expression of X-Ray."),
      }),
      result: tracesSchema,
      handle({ query: { filter } }) {
        const isWanted = orProblem(400, () => parseFilter(filter));
        const found = traces
          .list()
          .map((trace) => summarize(trace))
          .filter(({ facts }) => isWanted(facts));
        return { traces: found.slice(-shownTraces).toReversed().map(summaryOf) };
      },
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/traces/{id}",
      operationId: "getTrace",
      summary: "Gets a trace with its segments.",
      params: z.strictObject({ id: z.string() }),
      result: traceDetail,
      handle({ params: { id } }) {
        const trace = traces.find(id);
        if (trace === undefined) {
          throw new ApiProblem(404, "There is no such trace; the newest 1000 are kept.");
        }
        const read = summarize(trace);
        return {
          ...summaryOf(read),
          isTruncated: trace.limitExceeded,
          requestIds: requestsOf(id),
          rows: traceRows(read.segments, read.root?.start_time ?? 0),
        };
      },
    }),
  ];

  function requestsOf(traceId: string): string[] {
    return requests
      .newestFirst()
      .filter((request) => request.traceId === traceId)
      .map(({ id }) => id);
  }
}

function summaryOf({ trace, root, duration, facts: { flag } }: Summary) {
  return {
    id: trace.id,
    startedAt: new Date((root?.start_time ?? 0) * 1_000).toISOString(),
    durationMs: duration * 1_000,
    name: maskPersonal(root?.name ?? ""),
    method: root?.http?.request?.method ?? null,
    path: pathOf(root?.http?.request?.url ?? ""),
    status: root?.http?.response?.status ?? null,
    flag: flagOf({ ...flag, in_progress: flag.partial }),
  };
}

/** The path of a URL, which may hold an address or a token as a name may. */
function pathOf(url: string): string | null {
  const path = URL.parse(url)?.pathname;
  return path === undefined ? null : maskPersonal(path);
}
