/**
 * The metrics of functions (documented: LAMBDA/monitoring-metrics-types, LAMBDA/monitoring-metrics-view,
 * LAMBDA/monitoring-concurrency). Those of an invocation are indicators of its outcome, 0 or 1, at the
 * time at which it began; that Throttles is 0 for one that ran is assumed.
 */
import { underEach, type Value } from "../cloudwatch/dimension-sets.ts";
import type { Measure } from "../cloudwatch/measurement.ts";

/** An invocation that ran; times in milliseconds. */
export interface EndedInvocation {
  readonly functionName: string;
  readonly isError: boolean;
  /** Since 1970. */
  readonly begunAt: number;
  readonly durationMs: number;
}

/** What runs now. */
export interface Concurrency {
  readonly ofFunction: number;
  readonly ofAccount: number;
  /** Of the functions without a reserved concurrency. */
  readonly unreserved: number;
}

/** Turns what happens to functions into measurements. */
export type LambdaMetrics = ReturnType<typeof createLambdaMetrics>;

const namespace = "AWS/Lambda";

const count = (metricName: string, value: number, timestamp?: number): Value => ({
  metricName,
  value,
  unit: "Count",
  ...(timestamp === undefined ? {} : { timestamp }),
});

/** Creates metrics that are given to `measure`. */
export function createLambdaMetrics(measure: Measure) {
  /** That the resource of an invocation without a qualifier is the function's name is assumed. */
  function publish(functionName: string, ...values: readonly Value[]): void {
    const dimensionSets = [
      { FunctionName: functionName },
      { FunctionName: functionName, Resource: functionName },
      {},
    ];
    measure(...underEach(namespace, dimensionSets, values));
  }

  return {
    /** A function began to process an event. */
    began(functionName: string, { ofFunction, ofAccount, unreserved }: Concurrency): void {
      const name = "ConcurrentExecutions";
      const resource = { FunctionName: functionName, Resource: functionName };
      const ofOne = [{ FunctionName: functionName }, resource];
      measure(
        ...underEach(namespace, ofOne, [count(name, ofFunction)]),
        ...underEach(
          namespace,
          [{}],
          [count(name, ofAccount), count("UnreservedConcurrentExecutions", unreserved)],
        ),
      );
    },

    ended({ functionName, isError, begunAt, durationMs }: EndedInvocation): void {
      publish(
        functionName,
        count("Invocations", 1, begunAt),
        count("Errors", Number(isError), begunAt),
        count("Throttles", 0, begunAt),
        { metricName: "Duration", value: durationMs, unit: "Milliseconds", timestamp: begunAt },
      );
    },

    /** It counts neither as an invocation nor as an error. */
    throttled: (functionName: string): void => publish(functionName, count("Throttles", 1)),

    /** An event was queued for the function of this ARN. */
    eventReceived: (functionArn: string): void =>
      publish(nameIn(functionArn), count("AsyncEventsReceived", 1)),

    /** A function is invoked with an event, so long after it was queued. */
    eventTried: (functionArn: string, ageMs: number): void =>
      publish(nameIn(functionArn), {
        metricName: "AsyncEventAge",
        value: ageMs,
        unit: "Milliseconds",
      }),

    /** No function has processed an event, whether or not a destination gets its record. */
    eventDropped: (functionArn: string): void =>
      publish(nameIn(functionArn), count("AsyncEventsDropped", 1)),

    /** A record was sent to a destination; that a success is 0 is assumed. */
    recordSent: (functionArn: string, isDelivered: boolean): void =>
      publish(nameIn(functionArn), count("DestinationDeliveryFailures", Number(!isDelivered))),
  };
}

function nameIn(functionArn: string): string {
  return functionArn.split(":")[6] ?? functionArn;
}
