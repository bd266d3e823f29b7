/** The segments of a trace as rows: each below what it is part of, or was called by. */
import { maskPersonal } from "../requests/masking.ts";
import type { Flag } from "./traces-view.ts";
import type { Segment, Subsegment } from "../services/xray/segments.ts";

type Node = Subsegment & { readonly origin?: unknown };

type Flags = Partial<Pick<Subsegment, "in_progress" | "fault" | "throttle" | "error">>;

/** What came of a segment. */
export function flagOf({ in_progress, fault, throttle, error }: Flags): Flag {
  if (fault === true) return "fault";
  if (throttle === true) return "throttle";
  if (error === true) return "error";
  return in_progress === true ? "in progress" : "ok";
}

/** The rows, with times in milliseconds after `start`, which is in seconds since 1970. */
export function traceRows(segments: readonly Segment[], start: number) {
  const byParent = Map.groupBy(segments, ({ parent_id }) => parent_id ?? "");
  const known = new Set(segments.flatMap(idsIn));

  const seen = new Set<Node>();

  // Callers choose the ids: a segment can be below itself.
  function rowsOf(node: Node, depth: number): ReturnType<typeof rowOf>[] {
    if (seen.has(node)) return [];
    seen.add(node);
    const children = [...(node.subsegments ?? []), ...(byParent.get(node.id) ?? [])];
    return [
      rowOf(node, depth, start),
      ...children
        .toSorted((one, other) => one.start_time - other.start_time)
        .flatMap((child) => rowsOf(child, depth + 1)),
    ];
  }

  return segments
    .filter(({ parent_id = "" }) => !known.has(parent_id))
    .flatMap((segment) => rowsOf(segment, 0));
}

const idsIn = (node: Subsegment): string[] => [node.id, ...(node.subsegments ?? []).flatMap(idsIn)];

function rowOf(node: Node, depth: number, start: number) {
  const { name, origin, aws, http, start_time, end_time = start_time, inferred = false } = node;
  return {
    depth,
    // A client of X-Ray names its segments as it likes.
    name: maskPersonal(name),
    isInferred: inferred,
    flag: flagOf(node),
    origin: typeof origin === "string" ? origin : "",
    operation: aws?.operation ?? "",
    startMs: milliseconds(start_time - start),
    durationMs: milliseconds(end_time - start_time),
    status: http?.response?.status ?? null,
  };
}

/** To microseconds: seconds since 1970 have no more digits. */
const milliseconds = (seconds: number) => Math.max(0, Math.round(seconds * 1e6) / 1e3);
