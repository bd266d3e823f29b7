/** The tracing header `X-Amzn-Trace-Id`, which joins what services do for one request (documented: XRAY/xray-concepts). */
import { randomBytes } from "../../memory/random-bytes.ts";

/** The name of the header in HTTP. */
export const traceHeaderName = "x-amzn-trace-id";

/** A trace, the segment from which a request comes, and whether the trace is recorded. */
export interface TraceHeader {
  readonly root: string;
  readonly parent?: string | undefined;
  /** Undefined while there is no sampling decision. */
  readonly sampled?: boolean | undefined;
}

/** The well-formed parts of a header; the rest is dropped. */
export function parseTraceHeader(
  text: string,
): Omit<TraceHeader, "root"> & { readonly root: string | undefined } {
  const part = (pattern: RegExp) => pattern.exec(text)?.[1];
  const sampled = part(/Sampled=([01])(?:;|$)/i);
  return {
    root: part(/Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/i),
    parent: part(/Parent=([0-9a-f]{16})(?:;|$)/i),
    sampled: sampled === undefined ? undefined : sampled === "1",
  };
}

/** The header's text, without what is undefined. */
export function formatTraceHeader({ root, parent, sampled }: TraceHeader): string {
  const parts = [`Root=${root}`];
  if (parent !== undefined) parts.push(`Parent=${parent}`);
  if (sampled !== undefined) parts.push(`Sampled=${sampled ? "1" : "0"}`);
  return parts.join(";");
}

/** A new trace's id, which has the time: milliseconds since 1970. */
export function newTraceId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, "0");
  return `1-${seconds}-${randomBytes(12).toString("hex")}`;
}

/** A new segment's id. */
export function newSegmentId(): string {
  return randomBytes(8).toString("hex");
}
