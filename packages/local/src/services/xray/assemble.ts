/** Puts the documents of a trace together as X-Ray returns them: subsegments in their segments, and inferred segments. */
import { createHash } from "node:crypto";
import { deepestSubsegment, parseSegment, type Segment, type Subsegment } from "./segments.ts";
import type { Trace } from "./traces.ts";

/** The documents of a trace, in the order of their start. */
export function assemble({ segments: stored }: Trace): Segment[] {
  const parsed = stored.map(({ document, isObserved }) => ({
    isObserved,
    segment: parseSegment(document),
  }));
  const reported = new Set(
    parsed
      .filter(({ isObserved }) => !isObserved)
      .flatMap(({ segment }) => withDescendants(segment))
      .flatMap(({ namespace, aws }) => (namespace === "aws" ? (aws?.request_id ?? []) : [])),
  );
  const documents = parsed
    .filter(({ isObserved, segment }) => !isObserved || !reported.has(requestIdOf(segment)))
    .map(({ segment }) => segment);
  const segments = nest(documents);
  prune(segments);
  const children = Map.groupBy(segments, ({ parent_id = "" }) => parent_id);
  return [...segments, ...segments.flatMap((segment) => inferredFrom(segment, children))].toSorted(
    (one, other) => one.start_time - other.start_time,
  );
}

/** A segment with everything below it. */
export function withDescendants(node: Subsegment): Subsegment[] {
  return [node, ...(node.subsegments ?? []).flatMap(withDescendants)];
}

/** Moves subsegments that were sent by themselves to their parents; one that has none here stays. */
function nest(documents: readonly Segment[]): Segment[] {
  const places = new Map<string, Subsegment>();
  for (const node of documents.flatMap(withDescendants)) places.set(node.id, placeIn(node));
  return documents.filter((document) => {
    const { type, parent_id, trace_id: _, ...subsegment } = document;
    const place = type === "subsegment" ? places.get(parent_id ?? "") : undefined;
    if (place === undefined) return true;
    // What is nested in it later has to be seen.
    subsegment.subsegments = document.subsegments ??= [];
    (place.subsegments ??= []).push(subsegment);
    return false;
  });
}

/** Leaves out what is too deep: subsegments can be sent one by one, each the parent of the next. */
function prune(segments: readonly Subsegment[]): void {
  let level = segments;
  for (let depth = 0; depth < deepestSubsegment; depth += 1) {
    level = level.flatMap(({ subsegments = [] }) => subsegments);
  }
  for (const node of level) node.subsegments = undefined;
}

/**
 * Functions know the id of their segment, and what they report with it as the parent is part of the
 * invocation (recorded: awslabs/aws-iatk).
 */
function placeIn(node: Subsegment): Subsegment {
  if (node["origin"] !== "AWS::Lambda::Function") return node;
  return node.subsegments?.find(({ name }) => name === "Invocation") ?? node;
}

const requestIdOf = ({ aws }: Segment) => aws?.request_id ?? "";

/**
 * For calls of services that recorded none themselves (recorded: awslabs/aws-iatk; documented:
 * XRAY/xray-concepts). Those that were invoked by the service are children of the call as well.
 */
function inferredFrom(segment: Segment, children: ReadonlyMap<string, Segment[]>): Segment[] {
  return withDescendants(segment)
    .filter(({ id, namespace, name }) => {
      const own = children.get(id)?.some(({ origin }) => origin?.startsWith(`AWS::${name}`));
      return namespace === "aws" && own !== true;
    })
    .map(({ id, name, start_time, end_time, in_progress, error, throttle, fault, http, aws }) => ({
      id: createHash("sha256").update(id).digest("hex").slice(0, 16),
      name,
      start_time,
      end_time,
      in_progress,
      trace_id: segment.trace_id,
      parent_id: id,
      inferred: true,
      error,
      throttle,
      fault,
      http: http?.response && { response: http.response },
      aws,
      origin: `AWS::${name}`,
    }));
}
