/** GetServiceGraph: the services in traces, and which calls which (documented: XRAY-API/GetServiceGraph). */
import * as z from "zod";
import { withDescendants } from "../assemble.ts";
import type { Segment } from "../segments.ts";
import { summarize } from "../summary.ts";
import type { Traces } from "../traces.ts";
import { inputOf } from "./input.ts";

const input = z.strictObject({ StartTime: z.number(), EndTime: z.number() });

interface Node {
  readonly ReferenceId: number;
  readonly root: boolean;
  readonly name: string;
  readonly type: string | undefined;
  readonly calls: Segment[];
  /** By the reference id of the called. */
  readonly edges: Map<number, Segment[]>;
}

/** The graph of what started in a time range, in seconds since 1970. */
export function getServiceGraph(traces: Traces, asked: unknown): object {
  const { StartTime, EndTime } = inputOf(input, asked);
  const nodes = new Map<string, Node>();

  function nodeOf({ name, origin: type, parent_id }: Segment): Node {
    const key = JSON.stringify([name, type]);
    const ReferenceId = nodes.size;
    const root = parent_id === undefined;
    const added = { ReferenceId, root, name, type, calls: [], edges: new Map() };
    const node = nodes.get(key) ?? added;
    nodes.set(key, node);
    return node;
  }

  for (const trace of traces.list()) {
    const segments = summarize(trace).segments.filter(
      ({ start_time }) => start_time >= StartTime && start_time <= EndTime,
    );
    const owners = new Map(
      segments.flatMap((segment) => withDescendants(segment).map(({ id }) => [id, segment])),
    );
    for (const segment of segments) {
      const node = nodeOf(segment);
      node.calls.push(segment);
      const caller = owners.get(segment.parent_id ?? "");
      if (caller === undefined) continue;
      const { edges } = nodeOf(caller);
      const calls = edges.get(node.ReferenceId) ?? [];
      edges.set(node.ReferenceId, calls);
      calls.push(segment);
    }
  }
  const Services = [...nodes.values()].map(describe);
  return { StartTime, EndTime, Services, ContainsOldGroupVersions: false };
}

function describe({ ReferenceId, root, name, type, calls, edges }: Node): object {
  return {
    ReferenceId,
    Name: name,
    Names: [name],
    Root: root,
    Type: type,
    State: "active",
    ...timesOf(calls),
    SummaryStatistics: statisticsOf(calls),
    Edges: [...edges].map(([called, segments]) => ({
      ReferenceId: called,
      ...timesOf(segments),
      SummaryStatistics: statisticsOf(segments),
    })),
  };
}

function timesOf(segments: readonly Segment[]): object {
  const times = { StartTime: Infinity, EndTime: -Infinity };
  for (const { start_time, end_time = start_time } of segments) {
    times.StartTime = Math.min(times.StartTime, start_time);
    times.EndTime = Math.max(times.EndTime, end_time);
  }
  return times;
}

function statisticsOf(segments: readonly Segment[]): object {
  const count = (isCounted: (segment: Segment) => boolean) => segments.filter(isCounted).length;
  const errors = count(({ error, throttle }) => error === true && throttle !== true);
  const throttles = count(({ throttle }) => throttle === true);
  const faults = count(({ fault }) => fault === true);
  const seconds = segments.map(({ start_time, end_time = start_time }) => end_time - start_time);
  return {
    OkCount: count(({ error, fault }) => error !== true && fault !== true),
    ErrorStatistics: {
      ThrottleCount: throttles,
      OtherCount: errors,
      TotalCount: throttles + errors,
    },
    FaultStatistics: { OtherCount: faults, TotalCount: faults },
    TotalCount: segments.length,
    TotalResponseTime: seconds.reduce((sum, length) => sum + length, 0),
  };
}
