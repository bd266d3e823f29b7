/** The operations of CloudWatch Logs that read events. */
import * as z from "zod";
import type { LogGroups, StoredLogEvent } from "../../logs/index.ts";
import { AwsError } from "../errors.ts";
import { operation, type JsonOperations } from "../json-protocol.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import { existingGroup, groupMembers, streamName, streamsOf } from "./groups.ts";
import {
  beside,
  countThatFits,
  eventId,
  readPosition,
  readToken,
  start,
  writeToken,
  type Token,
} from "./position.ts";

const time = z.int().min(0).optional();
const limit = z.int().min(1).max(10_000).default(10_000);
const nextToken = z.string().min(1).optional();

/**
 * FilterLogEvents and GetLogEvents. The end of a time range belongs to the range of the former and
 * not to that of the latter (documented: API_FilterLogEvents, API_GetLogEvents).
 */
export function eventOperations(logs: LogGroups): JsonOperations {
  return {
    FilterLogEvents: operation(
      z
        .strictObject({
          ...groupMembers,
          logStreamNames: z.array(streamName).min(1).max(100).optional(),
          logStreamNamePrefix: streamName.optional(),
          startTime: time,
          endTime: time,
          filterPattern: z.string().max(1024).default(""),
          // Ignored, and taken for true, since 2019 (documented).
          interleaved: z.boolean().optional(),
          nextToken,
          limit,
        })
        .refine(
          ({ logStreamNames, logStreamNamePrefix }) =>
            logStreamNames === undefined || logStreamNamePrefix === undefined,
          { error: "Use either logStreamNames or logStreamNamePrefix." },
        ),
      (input) => {
        const group = existingGroup(logs, input);
        const matches = parseFilterPattern(input.filterPattern);
        const { startTime = 0, endTime = Infinity, logStreamNamePrefix = "" } = input;
        const streams = input.logStreamNames && existingStreams(logs, group, input.logStreamNames);
        const after = input.nextToken === undefined ? start : readPosition(input.nextToken);
        const found = inOrder(logs.read(group)).filter(
          (event) =>
            event.timestamp >= startTime &&
            event.timestamp <= endTime &&
            event.stream.startsWith(logStreamNamePrefix) &&
            streams?.has(event.stream) !== false &&
            eventId(event) > after &&
            matches(event.message),
        );
        const page = found.slice(0, countThatFits(found, input.limit));
        const last = page.at(-1);
        return {
          events: page.map((event) => ({
            logStreamName: event.stream,
            ...describe(event),
            eventId: eventId(event),
          })),
          searchedLogStreams: [],
          nextToken: last && page.length < found.length ? eventId(last) : undefined,
        };
      },
    ),

    GetLogEvents: operation(
      z.strictObject({
        ...groupMembers,
        logStreamName: streamName,
        startTime: time,
        endTime: time,
        nextToken,
        limit,
        startFromHead: z.boolean().default(false),
      }),
      (input) => {
        const group = existingGroup(logs, input);
        const { logStreamName, startTime = 0, endTime = Infinity, startFromHead } = input;
        existingStreams(logs, group, [logStreamName]);
        const inRange = inOrder(streamsOf(logs, group).get(logStreamName) ?? []).filter(
          ({ timestamp }) => timestamp >= startTime && timestamp < endTime,
        );
        const token = input.nextToken === undefined ? undefined : readToken(input.nextToken);
        const page = pageFrom(inRange, token, input.limit, startFromHead);
        const tokens = tokensAround(page, token);
        return {
          events: page.map(describe),
          nextForwardToken: writeToken({ forward: true, from: tokens.forward }),
          nextBackwardToken: writeToken({ forward: false, from: tokens.backward }),
        };
      },
    ),
  };
}

/** What a token leads to, oldest first; without a token, one end of the list. */
function pageFrom(
  events: readonly StoredLogEvent[],
  token: Token | undefined,
  most: number,
  startFromHead: boolean,
): readonly StoredLogEvent[] {
  const { forward = startFromHead, from } = token ?? {};
  const ahead = events.filter(
    (event) => from === undefined || (forward ? eventId(event) > from : eventId(event) < from),
  );
  if (forward) return ahead.slice(0, countThatFits(ahead, most));
  return ahead.slice(ahead.length - countThatFits(ahead.toReversed(), most));
}

/** The positions on both sides of a page. An empty page gives the token back that led to it. */
function tokensAround(page: readonly StoredLogEvent[], token: Token | undefined) {
  const [first] = page;
  const last = page.at(-1);
  if (first !== undefined && last !== undefined) {
    return { forward: eventId(last), backward: eventId(first) };
  }
  if (token === undefined) return { forward: start, backward: start };
  const { forward, from } = token;
  return forward
    ? { forward: from, backward: beside(from, 1) }
    : { forward: beside(from, -1), backward: from };
}

function existingStreams(logs: LogGroups, group: string, names: readonly string[]): Set<string> {
  const streams = streamsOf(logs, group);
  if (names.every((name) => streams.has(name))) return new Set(names);
  throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
}

function inOrder(events: readonly StoredLogEvent[]): StoredLogEvent[] {
  return events.toSorted(
    (one, other) => one.timestamp - other.timestamp || one.sequence - other.sequence,
  );
}

function describe({ timestamp, message, ingestedAt }: StoredLogEvent) {
  return { timestamp, message, ingestionTime: ingestedAt };
}
