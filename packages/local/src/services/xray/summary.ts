/** Summaries of traces (documented: XRAY-API/TraceSummary). */
import { assemble, withDescendants } from "./assemble.ts";
import type { Facts, ServiceFacts } from "./filter-expressions/facts.ts";
import type { Annotation, Segment, Subsegment } from "./segments.ts";
import type { Trace } from "./traces.ts";

/** A trace with what its segments say together. */
export interface Summary {
  readonly trace: Trace;
  readonly segments: readonly Segment[];
  /** The segment that no other one called; undefined while it has not come. */
  readonly root: Segment | undefined;
  /** Seconds from the start of the root to the end of what ended last. */
  readonly duration: number;
  readonly facts: Facts;
}

/** Reads a trace. */
export function summarize(trace: Trace): Summary {
  const segments = assemble(trace);
  const root = segments.find(({ parent_id }) => parent_id === undefined) ?? segments[0];
  const duration = durationOf(segments, root);
  const facts: Facts = {
    ...factsOf(segments),
    number: { responsetime: lengthOf(root), duration, "http.status": root?.http?.response?.status },
    text: textsOf(root),
    services: segments.map(serviceFacts),
  };
  return { trace, segments, root, duration, facts };
}

/** Seconds from the start of a trace's root to the end of what ended last. */
function durationOf(segments: readonly Segment[], root: Segment | undefined): number {
  const start = root?.start_time ?? 0;
  const end = segments.reduce((last, { end_time = 0 }) => Math.max(last, end_time), start);
  return roundSeconds(end - start);
}

function serviceFacts(segment: Segment): ServiceFacts {
  const { name, origin: type } = segment;
  const length = lengthOf(segment);
  const number = {
    responsetime: length,
    duration: length,
    "http.status": segment.http?.response?.status,
  };
  return { name, type, ...factsOf([segment]), number, text: textsOf(segment), services: [] };
}

/** Flags and annotations, which subsegments have as well. */
function factsOf(segments: readonly Segment[]): Pick<Facts, "flag" | "annotations"> {
  const all = segments.flatMap(withDescendants);
  const has = (flag: "error" | "fault" | "throttle") => all.some((node) => node[flag] === true);
  const [error, fault, throttle] = [has("error"), has("fault"), has("throttle")];
  return {
    flag: {
      ok: !error && !fault && !throttle,
      error,
      fault,
      throttle,
      partial: all.some(({ in_progress }) => in_progress === true),
    },
    annotations: all.flatMap(annotationsOf),
  };
}

function annotationsOf({ annotations = {} }: Subsegment): [string, Annotation][] {
  return Object.entries(annotations);
}

function textsOf(segment: Segment | undefined): Facts["text"] {
  const request = segment?.http?.request;
  return {
    "http.url": request?.url,
    "http.method": request?.method,
    "http.useragent": request?.user_agent,
    "http.clientip": request?.client_ip,
    user: segment?.user,
  };
}

function lengthOf(segment: Segment | undefined): number | undefined {
  if (segment?.end_time === undefined) return undefined;
  return roundSeconds(segment.end_time - segment.start_time);
}

/** To milliseconds, as AWS's. */
function roundSeconds(length: number): number {
  return Math.round(length * 1000) / 1000;
}
