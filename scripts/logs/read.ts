/** Reads the log lines of several groups, in the order of their times, once or as they come. */
import { setTimeout as wait } from "node:timers/promises";
import {
  paginateFilterLogEvents,
  type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroup } from "./groups.ts";

/** A log line. */
export interface LogLine {
  readonly id: string;
  readonly group: LogGroup;
  readonly stream: string;
  readonly timestamp: number;
  readonly message: string;
}

/** Which lines. */
export interface LogQuery {
  readonly groups: readonly LogGroup[];
  /** Milliseconds since 1970. */
  readonly since: number;
  /** The id of a request, or its beginning. */
  readonly requestId?: string | undefined;
}

const ids = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const idLength = 36;

/** CloudWatch Logs looks for whole ids; the beginning of one is looked for here. */
const hasId = (message: string, beginning: string) =>
  message.match(ids)?.some((id) => id.startsWith(beginning)) ?? false;

/** Reads what there is. FilterLogEvents is asked for one group at a time: it takes no more. */
export async function readLines(
  client: CloudWatchLogsClient,
  { groups, since, requestId }: LogQuery,
): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  for (const group of groups) {
    const pages = paginateFilterLogEvents(
      { client },
      {
        logGroupName: group.name,
        startTime: since,
        ...(requestId?.length === idLength && { filterPattern: `"${requestId}"` }),
      },
    );
    for await (const { events = [] } of pages) {
      for (const { eventId: id, logStreamName: stream = "", timestamp, message } of events) {
        if (id === undefined || timestamp === undefined || message === undefined) continue;
        if (requestId !== undefined && !hasId(message, requestId)) continue;
        lines.push({ id, group, stream, timestamp, message });
      }
    }
  }
  return lines.toSorted((one, other) => one.timestamp - other.timestamp);
}

/** Lines can come later than others of a later time: CloudWatch Logs stores each group by itself. */
const latestMs = 30_000;

/**
 * Yields what comes after the query's time, each line once, until the signal is aborted. Asks every
 * `pauseMs` for one group after the other; where that is too often, the SDK waits longer.
 */
export async function* followLines(
  client: CloudWatchLogsClient,
  query: LogQuery,
  signal: AbortSignal,
  pauseMs: number,
): AsyncGenerator<LogLine, void> {
  const seen = new Map<string, number>();
  let { since } = query;
  while (!signal.aborted) {
    const lines = await readLines(client, { ...query, since });
    for (const line of lines) {
      if (!seen.has(line.id)) yield line;
      seen.set(line.id, line.timestamp);
    }
    since = Math.max(since, (lines.at(-1)?.timestamp ?? 0) - latestMs);
    for (const [id, timestamp] of seen) if (timestamp < since) seen.delete(id);
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
