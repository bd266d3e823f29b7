/** The traces that are kept: the newest, in memory, each segment as the JSON text that it takes. */
import type { Segment } from "./segments.ts";

/** Bytes of a document (documented: XRAY/xray-api-segmentdocuments). */
export const largestDocument = 64 * 1024;
/** Bytes of a trace's documents (documented: the quotas of X-Ray). */
const largestTrace = 500 * 1024;
/** The local cloud's own limits. */
const most = { traces: 1000, bytes: 32 * 1024 * 1024 };

/** A document with what is known of it. */
export interface StoredSegment {
  readonly document: string;
  /** Whether the local cloud saw this call of a function, which may report it as well. */
  readonly isObserved: boolean;
}

/** One trace. */
export interface Trace {
  readonly id: string;
  /** When its latest segment came; milliseconds since 1970. */
  readonly updatedAt: number;
  readonly limitExceeded: boolean;
  readonly segments: readonly StoredSegment[];
}

interface StoredTrace {
  readonly segments: Map<string, StoredSegment>;
  updatedAt: number;
  bytes: number;
  limitExceeded: boolean;
}

/** The traces of an account. */
export type Traces = ReturnType<typeof createTraces>;

/** Creates an empty store; `now` gives milliseconds since 1970. */
export function createTraces(now: () => number) {
  const traces = new Map<string, StoredTrace>();
  let held = 0;

  function drop(id: string, { bytes }: StoredTrace): void {
    traces.delete(id);
    held -= bytes;
  }

  function open(id: string): StoredTrace {
    const found = traces.get(id);
    if (found !== undefined) return found;
    const trace = { updatedAt: 0, segments: new Map(), bytes: 0, limitExceeded: false };
    traces.set(id, trace);
    return trace;
  }

  /** Keeps a document in the place of an earlier one with its id; false when it is too large. */
  function record(segment: Segment, isObserved = false): boolean {
    const document = JSON.stringify(segment);
    const bytes = Buffer.byteLength(document);
    if (bytes > largestDocument) return false;
    const trace = open(segment.trace_id);
    trace.updatedAt = now();
    const earlier = trace.segments.get(segment.id)?.document ?? "";
    const added = bytes - Buffer.byteLength(earlier);
    if (trace.bytes + added > largestTrace) {
      trace.limitExceeded = true;
      return true;
    }
    trace.segments.set(segment.id, { document, isObserved });
    trace.bytes += added;
    held += added;
    for (const [id, oldest] of traces) {
      if (traces.size <= most.traces && held <= most.bytes) break;
      drop(id, oldest);
    }
    return true;
  }

  const view = (id: string, trace: StoredTrace): Trace => ({
    id,
    updatedAt: trace.updatedAt,
    limitExceeded: trace.limitExceeded,
    segments: [...trace.segments.values()],
  });

  return {
    record,
    find(id: string): Trace | undefined {
      const trace = traces.get(id);
      return trace && view(id, trace);
    },
    /** Oldest first. */
    list: (): Trace[] => [...traces].map(([id, trace]) => view(id, trace)),
  };
}
