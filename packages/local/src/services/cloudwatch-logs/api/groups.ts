/** The operations of CloudWatch Logs that list groups and streams. */
import * as z from "zod";
import type { EventDescription, LogGroups } from "../log-groups.ts";
import { operation, type JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../../aws-protocol/paging.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { existingGroup, groupMembers, groupName, streamName } from "./names.ts";

const paging = {
  nextToken: z.string().min(1).optional(),
  limit: z.int().min(1).max(50).default(50),
};

/** DescribeLogGroups and DescribeLogStreams. */
export function groupOperations(
  logs: LogGroups,
  { region, account }: AwsEnvironment,
): JsonOperations {
  const arnOf = (group: string) => `arn:aws:logs:${region}:${account}:log-group:${group}`;
  return {
    DescribeLogGroups: operation(
      z
        .strictObject({
          logGroupNamePrefix: groupName.optional(),
          logGroupNamePattern: groupName.optional(),
          ...paging,
        })
        .refine(
          ({ logGroupNamePrefix: prefix, logGroupNamePattern: part }) =>
            prefix === undefined || part === undefined,
          { error: "logGroupNamePrefix and logGroupNamePattern are mutually exclusive" },
        ),
      ({ logGroupNamePrefix: prefix = "", logGroupNamePattern: part = "", nextToken, limit }) => {
        const found = logs
          .groups()
          .filter(({ name }) => name.startsWith(prefix) && name.includes(part))
          .toSorted((one, other) => compare(one.name, other.name));
        const page = pageOf(found, limit, nextToken);
        return {
          logGroups: page.items.map(({ name, retentionInDays, kmsKeyId }) => ({
            logGroupName: name,
            creationTime: logs.createdAt(name),
            retentionInDays,
            kmsKeyId,
            metricFilterCount: 0,
            arn: `${arnOf(name)}:*`,
            logGroupArn: arnOf(name),
            storedBytes: bytesOf(logs.describe(name)),
          })),
          nextToken: page.nextToken,
        };
      },
    ),

    DescribeLogStreams: operation(
      z
        .strictObject({
          ...groupMembers,
          logStreamNamePrefix: streamName.optional(),
          orderBy: z.enum(["LogStreamName", "LastEventTime"]).default("LogStreamName"),
          descending: z.boolean().default(false),
          ...paging,
        })
        .refine(
          ({ orderBy, logStreamNamePrefix }) =>
            orderBy === "LogStreamName" || logStreamNamePrefix === undefined,
          { error: "Cannot order by LastEventTime with a logStreamNamePrefix." },
        ),
      (input) => {
        const group = existingGroup(logs, input);
        const { logStreamNamePrefix: prefix = "", orderBy, descending } = input;
        const streams = [...Map.groupBy(logs.describe(group), ({ stream }) => stream)]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, events]) => describeStream(name, events, arnOf(group)))
          .toSorted((one, other) =>
            orderBy === "LogStreamName"
              ? compare(one.logStreamName, other.logStreamName)
              : one.lastEventTimestamp - other.lastEventTimestamp,
          );
        const page = pageOf(
          descending ? streams.toReversed() : streams,
          input.limit,
          input.nextToken,
        );
        return { logStreams: page.items, nextToken: page.nextToken };
      },
    ),
  };
}

function describeStream(name: string, events: readonly EventDescription[], groupArn: string) {
  const timestamps = events.map(({ timestamp }) => timestamp);
  return {
    logStreamName: name,
    creationTime: events[0]?.ingestedAt,
    firstEventTimestamp: Math.min(...timestamps),
    lastEventTimestamp: Math.max(...timestamps),
    lastIngestionTime: events.at(-1)?.ingestedAt,
    arn: `${groupArn}:log-stream:${name}`,
    // Always zero since 2019 (documented: LOGS-API/LogStream).
    storedBytes: 0,
  };
}

function bytesOf(events: readonly EventDescription[]): number {
  return events.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** ASCII order, as AWS sorts (documented: LOGS-API/DescribeLogGroups). */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
