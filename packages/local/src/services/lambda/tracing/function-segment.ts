/** The segment of a function that ran (recorded: awslabs/aws-iatk). */
import { seconds, type Segment, type Subsegment } from "../../xray/segments.ts";
import { newSegmentId } from "../../xray/trace-header.ts";
import type { FunctionSettings } from "../functions/function.ts";
import type { Run, Span } from "../invocations/invocation.ts";
import { causeOf } from "./cause.ts";

/** Where the segment belongs. */
export interface Place {
  readonly traceId: string;
  readonly parentId: string;
  readonly id: string;
}

/** The segment of a function, with what it was busy with. */
export function functionSegment(
  { name, arn }: FunctionSettings,
  { traceId, parentId, id }: Place,
  { init, invocation, endedAt, result }: Run,
): Segment {
  const part = (title: string, span: Span | undefined): Subsegment[] =>
    span === undefined
      ? []
      : [
          {
            id: newSegmentId(),
            name: title,
            start_time: seconds(span.start),
            end_time: seconds(span.end),
            aws: { function_arn: arn },
          },
        ];
  const start = invocation?.start ?? init?.start ?? endedAt;
  return {
    id,
    name,
    start_time: seconds(start),
    trace_id: traceId,
    end_time: seconds(endedAt),
    parent_id: parentId,
    ...(!result.ok && { fault: true, cause: causeOf(result) }),
    aws: { account_id: arn.split(":")[4], function_arn: arn, resource_names: [name] },
    origin: "AWS::Lambda::Function",
    subsegments: [
      ...part("Initialization", init),
      ...part("Invocation", invocation),
      ...part("Overhead", invocation && { start: invocation.end, end: endedAt }),
    ],
  };
}
