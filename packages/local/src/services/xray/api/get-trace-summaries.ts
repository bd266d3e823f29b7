/** GetTraceSummaries: finds traces by time and filter expression (documented: XRAY-API/GetTraceSummaries). */
import * as z from "zod";
import { timestamp } from "../../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../../aws-protocol/paging.ts";
import { parseFilter } from "../filter-expressions/parse.ts";
import type { Annotation } from "../segments.ts";
import { summarize, type Summary } from "../summary.ts";
import type { Traces } from "../traces.ts";
import { inputOf, invalidInput } from "./input.ts";

const input = z.strictObject({
  StartTime: z.number(),
  EndTime: z.number(),
  TimeRangeType: z.enum(["TraceId", "Event", "Service"]).default("TraceId"),
  FilterExpression: z.string().max(2000).default(""),
  NextToken: z.string().optional(),
  Sampling: z.boolean().optional(),
  SamplingStrategy: z.strictObject({ Name: z.string(), Value: z.number().optional() }).optional(),
});

/** Traces on a page; AWS documents no number. */
const pageSize = 100;

/** Every trace in the time range that the filter selects: none is left out by sampling. */
export function getTraceSummaries(traces: Traces, asked: unknown, now: number): object {
  const { StartTime, EndTime, TimeRangeType, FilterExpression, NextToken } = inputOf(input, asked);
  const filter = parseFilter(FilterExpression);
  const isInRange = (time: number) => time >= StartTime && time <= EndTime;
  const all = traces.list();
  const found = all
    .map(summarize)
    .filter((summary) => timesOf(summary)[TimeRangeType].some(isInRange))
    .filter(({ facts }) => filter(facts));
  const { items, nextToken } = pageOf(found, pageSize, NextToken, invalidInput);
  return {
    TraceSummaries: items.map(describe),
    ApproximateTime: timestamp(now),
    TracesProcessedCount: all.length,
    NextToken: nextToken,
  };
}

/** When a trace was created, updated, and when its segments ended: seconds since 1970. */
function timesOf({ trace: { id, updatedAt }, segments }: Summary) {
  return {
    TraceId: [Number.parseInt(id.slice(2, 10), 16)],
    Event: [timestamp(updatedAt)],
    Service: segments.map(({ end_time, start_time }) => end_time ?? start_time),
  };
}

function describe({ trace, segments, root, duration, facts }: Summary): object {
  const { number, text, flag, annotations } = facts;
  const named = Map.groupBy(annotations, ([name]) => name);
  const arns = segments.flatMap(({ resource_arn }) => resource_arn ?? []);
  const services = segments.map(({ name, origin, aws }) =>
    serviceId(name, origin, aws?.account_id),
  );
  return {
    Id: trace.id,
    StartTime: root?.start_time,
    Duration: duration,
    ResponseTime: number.responsetime,
    HasFault: flag.fault,
    HasError: flag.error,
    HasThrottle: flag.throttle,
    IsPartial: flag.partial,
    Http: {
      HttpURL: text["http.url"],
      HttpStatus: number["http.status"],
      HttpMethod: text["http.method"],
      UserAgent: text["http.useragent"],
      ClientIp: text["http.clientip"],
    },
    Annotations: Object.fromEntries(
      [...named].map(([name, values]) => [name, values.map(([, value]) => annotated(value))]),
    ),
    Users: text.user === undefined ? [] : [{ UserName: text.user, ServiceIds: [] }],
    ServiceIds: unique(services),
    ResourceARNs: unique(arns).map((ARN) => ({ ARN })),
    EntryPoint: root && serviceId(root.name, root.origin, root.aws?.account_id),
    Revision: segments.length,
  };
}

function serviceId(Name: string, Type: string | undefined, AccountId: string | undefined) {
  return { Name, Names: [Name], Type, AccountId };
}

function annotated(value: Annotation): object {
  const member = { string: "StringValue", number: "NumberValue", boolean: "BooleanValue" } as const;
  const kind = typeof value;
  if (kind !== "string" && kind !== "number" && kind !== "boolean") return {};
  return { AnnotationValue: { [member[kind]]: value }, ServiceIds: [] };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
