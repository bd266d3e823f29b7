/** The operations of X-Ray. */
import type { JsonInput } from "../../../aws-protocol/json-protocol.ts";
import type { Traces } from "../traces.ts";
import { batchGetTraces } from "./batch-get-traces.ts";
import { getServiceGraph } from "./get-service-graph.ts";
import { getTraceSummaries } from "./get-trace-summaries.ts";
import { putTraceSegments } from "./put-trace-segments.ts";
import { getSamplingRules, getSamplingTargets } from "./sampling.ts";

/** What the operations act on; `now` gives milliseconds since 1970. */
export interface XrayStores {
  readonly traces: Traces;
  readonly now: () => number;
}

/** An operation: throws AwsError for invalid input. */
type Operation = (input: JsonInput) => object;

/** The operations by AWS's name. */
export function xrayOperations({ traces, now }: XrayStores): ReadonlyMap<string, Operation> {
  return new Map<string, Operation>([
    ["BatchGetTraces", (input) => batchGetTraces(traces, input)],
    ["GetSamplingRules", getSamplingRules],
    ["GetSamplingTargets", (input) => getSamplingTargets(input, now())],
    ["GetServiceGraph", (input) => getServiceGraph(traces, input)],
    ["GetTraceSummaries", (input) => getTraceSummaries(traces, input, now())],
    ["PutTraceSegments", (input) => putTraceSegments(traces, input)],
  ]);
}
