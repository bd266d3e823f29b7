/**
 * Asynchronous invocation: an event is queued and retried until it succeeds or is discarded
 * (LAMBDA/invocation-async-error-handling). The queue is in memory and ends with the process.
 */
import { randomUUID } from "node:crypto";
import { AwsError } from "../../../aws-protocol/errors.ts";
import { QUEUED_EVENTS_LIMIT } from "../functions/limits.ts";
import {
  failureRecord,
  type DiscardedEvent,
  type EventInvokeConfig,
  type FailureRecord,
} from "./destination-record.ts";
import type { LambdaMetrics } from "../metrics.ts";
import type {
  Attempt,
  InvocationFailure,
  InvocationResult,
  InvocationTrace,
} from "./invocation.ts";

const SIX_HOURS_IN_SECONDS = 21_600;

/** What an event takes besides its payload. */
const eventBytes = 1000;

/** Waits so many milliseconds; rejects when the signal aborts. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** How an asynchronous invocation ended. */
export interface AsyncOutcome {
  readonly requestId: string;
  /** The result of the last attempt. */
  readonly result: InvocationResult;
  /** The number of attempts that ran code. */
  readonly invokeCount: number;
  /** Whether the event was sent to the on-failure destination. */
  readonly delivered: boolean;
}

/** The dependencies of asynchronous invocations. */
interface AsyncOptions {
  readonly run: (attempt: Attempt) => Promise<InvocationResult>;
  readonly configOf: (functionArn: string) => EventInvokeConfig;
  /** Sends a function's record to a queue or topic. */
  readonly deliverTo: (arn: string, record: FailureRecord) => Promise<void>;
  /** Logs in the function's log that an event was lost. */
  readonly report: (functionArn: string, requestId: string, problem: string) => void;
  readonly metrics: Pick<
    LambdaMetrics,
    "eventReceived" | "eventTried" | "eventDropped" | "recordSent"
  >;
  /** Milliseconds of a minute, by which events wait and age. */
  readonly minuteMs: number;
  readonly wait: Wait;
  readonly now: () => number;
}

/** The queue of events. */
interface AsyncInvocations {
  /**
   * Accepts an event, whose function exists and whose payload is JSON; returns its request id.
   * @throws AwsError while too many events wait.
   */
  accept(event: NewEvent, onOutcome?: (outcome: AsyncOutcome) => void): string;
  /** Drops every event that waits for a retry; the caller ends the running attempts. */
  stop(): void;
}

/** An event before it has a request id. */
interface NewEvent {
  readonly functionArn: string;
  readonly payload: string;
  readonly trace: (requestId: string) => InvocationTrace;
}

interface Event extends Attempt {
  readonly acceptedAt: number;
}

/** Creates an empty queue. */
export function createAsyncInvocations(options: AsyncOptions): AsyncInvocations {
  const { configOf, metrics, minuteMs, now } = options;
  const secondMs = minuteMs / 60;
  const stopping = new AbortController();
  /** Bytes of the events that have not ended. */
  let queued = 0;

  /** Retries the event until it succeeds, is discarded, or its function is deleted. */
  async function tryEvent(event: Event): Promise<AsyncOutcome> {
    const { requestId, functionArn, acceptedAt } = event;
    let invokeCount = 0;
    let throttleDelay = secondMs;
    let failure: InvocationFailure | undefined;
    for (;;) {
      metrics.eventTried(functionArn, now() - acceptedAt);
      const result = await options.run(event);
      const soFar = { requestId, result, delivered: false };
      if (result.ok) return { ...soFar, invokeCount: invokeCount + 1 };
      if (result.kind === "notFound") return { ...soFar, invokeCount };
      const config = configOf(functionArn);
      const discard = async (condition: DiscardedEvent["condition"]): Promise<AsyncOutcome> => {
        const traceHeader = event.trace.header;
        const discarded = { ...event, traceHeader, condition, invokeCount, failure };
        return { ...soFar, invokeCount, delivered: await deliver(discarded, config.onFailure) };
      };
      let wait: number;
      if (result.kind === "throttled") {
        wait = throttleDelay;
        throttleDelay = Math.min(throttleDelay * 2, 5 * minuteMs);
      } else {
        failure = result;
        invokeCount += 1;
        if (invokeCount > (config.maximumRetryAttempts ?? 2)) return discard("RetriesExhausted");
        wait = invokeCount * minuteMs;
      }
      const maxAge = config.maximumEventAgeSeconds ?? SIX_HOURS_IN_SECONDS;
      if (now() + wait - acceptedAt > maxAge * secondMs) return discard("EventAgeExceeded");
      await options.wait(wait, stopping.signal);
    }
  }

  async function deliver(event: DiscardedEvent, arn: string | undefined): Promise<boolean> {
    const { functionArn, requestId, condition } = event;
    metrics.eventDropped(functionArn);
    if (arn === undefined) {
      options.report(
        functionArn,
        requestId,
        `The event is discarded (${condition}): the function has no on-failure destination.`,
      );
      return false;
    }
    try {
      await options.deliverTo(arn, failureRecord(event, new Date(now())));
      metrics.recordSent(functionArn, true);
      return true;
    } catch (error) {
      metrics.recordSent(functionArn, false);
      const problem = `The event is lost (${condition}): ${arn} rejected it: ${String(error)}`;
      options.report(functionArn, requestId, problem);
      return false;
    }
  }

  function accept(
    { functionArn, payload, trace }: NewEvent,
    onOutcome?: (outcome: AsyncOutcome) => void,
  ): string {
    const bytes = Buffer.byteLength(payload) + eventBytes;
    if (queued + bytes > QUEUED_EVENTS_LIMIT) {
      const message = `Rate Exceeded. The local cloud keeps at most ${String(QUEUED_EVENTS_LIMIT)} bytes of events.`;
      throw new AwsError("TooManyRequestsException", message, 429);
    }
    queued += bytes;
    metrics.eventReceived(functionArn);
    const requestId = randomUUID();
    void tryEvent({ requestId, functionArn, payload, trace: trace(requestId), acceptedAt: now() })
      .then(
        (outcome) => onOutcome?.(outcome),
        (error: unknown) => {
          if (stopping.signal.aborted) return;
          options.report(functionArn, requestId, `The event is lost: ${String(error)}`);
        },
      )
      .finally(() => {
        queued -= bytes;
      });
    return requestId;
  }

  return {
    accept,
    stop: () => stopping.abort(),
  };
}
