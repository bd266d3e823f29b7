/** GetLogEvents: one stream, page by page in both directions. */
import * as z from "zod";
import type { LogGroups, StoredLogEvent } from "../log-groups.ts";
import { operation, type JsonOperation } from "../../../aws-protocol/json-protocol.ts";
import { describeEvent, eventMembers, eventsIn, howManyFit } from "./events.ts";
import { existingGroup, groupMembers, streamName } from "./names.ts";
import { beforeAll, beside, eventId, readToken, writeToken, type Token } from "./position.ts";

/** The operation. The time range excludes its end (documented: LOGS-API/GetLogEvents). */
export function getLogEvents(logs: LogGroups): JsonOperation {
  return operation(
    z.strictObject({
      ...groupMembers,
      ...eventMembers,
      logStreamName: streamName,
      startFromHead: z.boolean().default(false),
    }),
    (input) => {
      const group = existingGroup(logs, input);
      const { startTime, endTime, startFromHead } = input;
      const inRange = eventsIn(logs, group, [input.logStreamName]).filter(
        ({ timestamp }) => timestamp >= startTime && timestamp < endTime,
      );
      const token = input.nextToken === undefined ? undefined : readToken(input.nextToken);
      const page = pageFrom(inRange, token, input.limit, startFromHead);
      const tokens = tokensAround(page, token);
      return {
        events: page.map(describeEvent),
        nextForwardToken: writeToken({ forward: true, from: tokens.forward }),
        nextBackwardToken: writeToken({ forward: false, from: tokens.backward }),
      };
    },
  );
}

/** The page of a token, oldest first; without a token, the first or the last page. */
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
  if (forward) return ahead.slice(0, howManyFit(ahead, most));
  return ahead.slice(ahead.length - howManyFit(ahead.toReversed(), most));
}

/** The positions before and after a page. An empty page returns the same token. */
function tokensAround(page: readonly StoredLogEvent[], token: Token | undefined) {
  const [first] = page;
  const last = page.at(-1);
  if (first !== undefined && last !== undefined) {
    return { forward: eventId(last), backward: eventId(first) };
  }
  if (token === undefined) return { forward: beforeAll, backward: beforeAll };
  const { forward, from } = token;
  return forward
    ? { forward: from, backward: beside(from, 1) }
    : { forward: beside(from, -1), backward: from };
}
