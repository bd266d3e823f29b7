/** The destination record of an asynchronous invocation that failed permanently. */
import type { InvocationFailure } from "./invocation.ts";

/** A function's settings for asynchronous invocation; the defaults are AWS's. */
export interface EventInvokeConfig {
  /** ARN of the on-failure destination. */
  readonly onFailure?: string;
  /** 0–2; 2 by default. */
  readonly maximumRetryAttempts?: number;
  /** 60–21600; six hours by default. */
  readonly maximumEventAgeSeconds?: number;
}

/** An event that is not retried any more. */
export interface DiscardedEvent {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: string;
  readonly traceHeader?: string | undefined;
  readonly condition: "RetriesExhausted" | "EventAgeExceeded";
  readonly invokeCount: number;
  /** The function's last failure; undefined when it never ran. */
  readonly failure: InvocationFailure | undefined;
}

/** A discarded event on its way to a destination. */
export interface FailureRecord {
  readonly functionArn: string;
  /** What the destination receives. */
  readonly body: string;
  /** Why there is one, in words that repeat nothing of the event. */
  readonly reason: string;
  /** The tracing header that goes with it. */
  readonly traceHeader?: string | undefined;
}

/** The record of an event that is discarded now. */
export function failureRecord(event: DiscardedEvent, at: Date): FailureRecord {
  return {
    functionArn: event.functionArn,
    body: destinationRecord(event, at),
    reason: reasonOf(event),
    traceHeader: event.traceHeader,
  };
}

function reasonOf({ condition, invokeCount, failure }: DiscardedEvent): string {
  const times = invokeCount === 1 ? "once" : `${String(invokeCount)} times`;
  const failed = invokeCount === 0 ? "never run" : `failed ${times}`;
  // The function chooses its error's type, which can be any text.
  const type = /^[\w.$]{1,80}$/.exec(failure?.errorType ?? "")?.[0];
  const because = type === undefined ? failed : `${failed} (${type})`;
  return condition === "EventAgeExceeded" ? `${because}, and too old to try again` : because;
}

/**
 * The record that a destination receives (documented: LAMBDA/invocation-async-retain-records). That
 * it has no response when the function never ran is assumed. The payloads go in as they are: one that
 * is nested as deep as its size allows cannot be written again.
 */
export function destinationRecord(event: DiscardedEvent, at: Date): string {
  const { requestId, functionArn, condition, invokeCount, payload, failure } = event;
  const head = JSON.stringify({
    version: "1.0",
    timestamp: at.toISOString(),
    requestContext: {
      requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: invokeCount,
    },
  });
  const response = failure && [
    `"responseContext":${JSON.stringify(responseContext)}`,
    `"responsePayload":${failure.payload}`,
  ];
  return `${[head.slice(0, -1), `"requestPayload":${payload}`, ...(response ?? [])].join(",")}}`;
}

const responseContext = {
  statusCode: 200,
  executedVersion: "$LATEST",
  functionError: "Unhandled",
};
