/** Common parts of the operations that read events. */
import * as z from "zod";
import type { LogGroups, StoredLogEvent } from "../log-groups.ts";
import { AwsError } from "../../../aws-protocol/errors.ts";

/** The members that select events; times in ms since 1970. */
export const eventMembers = {
  startTime: z.int().min(0).default(0),
  endTime: z.int().min(0).default(Infinity),
  nextToken: z.string().min(1).optional(),
  limit: z.int().min(1).max(10_000).default(10_000),
};

/**
 * The events of a group, or of some of its streams, sorted by timestamp, then in writing order.
 * @throws AwsError when one of the streams does not exist.
 */
export function eventsIn(
  logs: LogGroups,
  group: string,
  streams?: readonly string[],
): StoredLogEvent[] {
  const known = new Set(logs.describe(group).map(({ stream }) => stream));
  if (streams?.some((name) => !known.has(name))) {
    throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
  }
  return logs
    .read(group)
    .filter(({ stream }) => streams === undefined || streams.includes(stream))
    .toSorted((one, other) => one.timestamp - other.timestamp || one.sequence - other.sequence);
}

/** An event in the form that both operations return. */
export function describeEvent({ timestamp, message, ingestedAt }: StoredLogEvent) {
  return { timestamp, message, ingestionTime: ingestedAt };
}

/** The limit of a response, in bytes of UTF-8 (documented: LOGS-API/GetLogEvents). */
const responseLimit = 1024 * 1024;

/** The number of leading events that fit a response: at most `limit` and 1 MB, at least one. */
export function howManyFit(events: readonly StoredLogEvent[], limit: number): number {
  let bytes = 0;
  const tooMany = events.findIndex(({ message }, index) => {
    bytes += Buffer.byteLength(message);
    return index === limit || (index > 0 && bytes > responseLimit);
  });
  return tooMany === -1 ? events.length : tooMany;
}
