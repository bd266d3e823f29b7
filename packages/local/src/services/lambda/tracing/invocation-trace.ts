/** The trace of an invocation: Lambda's own segment, and one of the function for each attempt. */
import { flagsOf, seconds, type Segment, type Subsegment } from "../../xray/segments.ts";
import {
  formatTraceHeader,
  newSegmentId,
  newTraceId,
  parseTraceHeader,
} from "../../xray/trace-header.ts";
import type { FunctionSettings } from "../functions/function.ts";
import type { InvocationResult, InvocationTrace, Run } from "../invocations/invocation.ts";
import { functionSegment } from "./function-segment.ts";

/** Where Lambda records traces. */
export interface TraceRecorder {
  readonly record: (segment: Segment) => void;
  /** Told of a function's segment before it runs; false when its role may not write segments. */
  readonly begin: (segment: { traceId: string; id: string; functionArn: string }) => boolean;
}

/** What a trace is opened with. */
interface NewTrace {
  readonly settings: FunctionSettings;
  readonly requestId: string;
  readonly isAsync: boolean;
  /** The tracing header that came with the invocation. */
  readonly header: string;
  readonly recorder: TraceRecorder;
  readonly now: () => number;
}

/**
 * Opens a trace. The header decides; without a decision in it, functions with active tracing are traced, and
 * others are not (documented: LAMBDA-API/TracingConfig; that every request is sampled is the local
 * cloud's).
 */
export function openTrace(options: NewTrace): InvocationTrace {
  const { settings, requestId, isAsync, recorder, now } = options;
  const sent = parseTraceHeader(options.header);
  const sampled = sent.sampled ?? settings.tracing === "Active";
  const root = sent.root ?? newTraceId(now());
  const id = newSegmentId();
  const startedAt = now();
  const attempts: Subsegment[] = [];

  /** Recorded again after each attempt of an event, in the place of the earlier document. */
  function recordLambda(status: number, endedAt: number, failed: boolean): void {
    recorder.record({
      id,
      name: settings.name,
      start_time: seconds(startedAt),
      trace_id: root,
      end_time: seconds(endedAt),
      ...(sent.parent !== undefined && { parent_id: sent.parent }),
      ...(failed ? { fault: true } : flagsOf(status)),
      http: { response: { status } },
      aws: { request_id: requestId },
      origin: "AWS::Lambda",
      resource_arn: settings.arn,
      ...(attempts.length > 0 && { subsegments: attempts }),
    });
  }

  function addAttempt(attemptId: string, begunAt: number, { ok }: InvocationResult): void {
    if (attempts.length === 0) {
      const [start_time, end_time] = [seconds(startedAt), seconds(begunAt)];
      attempts.push({ id: newSegmentId(), name: "Dwell Time", start_time, end_time });
    }
    attempts.push({
      id: attemptId,
      name: `Attempt #${attempts.length}`,
      start_time: seconds(begunAt),
      end_time: seconds(now()),
      ...(!ok && { fault: true }),
      http: { response: { status: 200 } },
    });
  }

  function begin(current: FunctionSettings) {
    const place = {
      traceId: root,
      parentId: isAsync ? newSegmentId() : id,
      id: newSegmentId(),
    };
    const begunAt = now();
    const mayWrite = sampled && recorder.begin({ ...place, functionArn: current.arn });
    return {
      header: formatTraceHeader({ root, parent: place.id, sampled }),
      ran(run: Run): void {
        if (mayWrite) recorder.record(functionSegment(current, place, run));
      },
      end(result: InvocationResult): void {
        if (!sampled) return;
        const isThrottled = !result.ok && result.kind === "throttled";
        const failed = !result.ok && !isThrottled;
        if (!isAsync) return recordLambda(isThrottled ? 429 : 200, now(), failed);
        if (!isThrottled) addAttempt(place.parentId, begunAt, result);
        recordLambda(202, startedAt, false);
      },
    };
  }

  if (isAsync && sampled) recordLambda(202, startedAt, false);
  return { header: formatTraceHeader({ root, parent: id, sampled }), begin };
}
