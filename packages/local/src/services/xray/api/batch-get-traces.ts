/** BatchGetTraces: the whole documents of traces (documented: XRAY-API/BatchGetTraces). */
import * as z from "zod";
import { summarize, type Summary } from "../summary.ts";
import type { Traces } from "../traces.ts";
import { inputOf } from "./input.ts";

const input = z.strictObject({
  TraceIds: z.array(z.string().min(1).max(35)).max(5, "it has at most 5 ids"),
  NextToken: z.undefined("there is only one page").optional(),
});

/** The traces that exist; the other ids are unprocessed (assumed). */
export function batchGetTraces(traces: Traces, asked: unknown): object {
  const { TraceIds } = inputOf(input, asked);
  const found = TraceIds.map((id) => ({ id, trace: traces.find(id) }));
  return {
    Traces: found.flatMap(({ trace }) => (trace ? [describe(summarize(trace))] : [])),
    UnprocessedTraceIds: found.flatMap(({ id, trace }) => (trace ? [] : [id])),
  };
}

function describe({ trace, duration, segments }: Summary): object {
  return {
    Id: trace.id,
    Duration: duration,
    LimitExceeded: trace.limitExceeded,
    Segments: segments.map((segment) => ({ Id: segment.id, Document: JSON.stringify(segment) })),
  };
}
