/** FilterLogEvents: the events of a group that match a pattern. */
import * as z from "zod";
import type { LogGroups } from "../log-groups.ts";
import { operation, type JsonOperation } from "../../../aws-protocol/json-protocol.ts";
import { describeEvent, eventMembers, eventsIn, howManyFit } from "./events.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import { existingGroup, groupMembers, streamName } from "./names.ts";
import { beforeAll, eventId, readPosition } from "./position.ts";

/** The operation. The time range includes its end (documented: LOGS-API/FilterLogEvents). */
export function filterLogEvents(logs: LogGroups): JsonOperation {
  return operation(
    z
      .strictObject({
        ...groupMembers,
        ...eventMembers,
        logStreamNames: z.array(streamName).min(1).max(100).optional(),
        logStreamNamePrefix: streamName.optional(),
        filterPattern: z.string().max(1024).default(""),
        // Ignored since 2019, as if it were true (documented).
        interleaved: z.boolean().optional(),
      })
      .refine(
        ({ logStreamNames, logStreamNamePrefix }) =>
          logStreamNames === undefined || logStreamNamePrefix === undefined,
        { error: "Use either logStreamNames or logStreamNamePrefix." },
      ),
    (input) => {
      const group = existingGroup(logs, input);
      const matches = parseFilterPattern(input.filterPattern);
      const { startTime, endTime, logStreamNamePrefix: prefix = "", nextToken } = input;
      const after = nextToken === undefined ? beforeAll : readPosition(nextToken);
      const found = eventsIn(logs, group, input.logStreamNames).filter(
        (event) =>
          event.timestamp >= startTime &&
          event.timestamp <= endTime &&
          event.stream.startsWith(prefix) &&
          eventId(event) > after &&
          matches(event.message),
      );
      const page = found.slice(0, howManyFit(found, input.limit));
      const last = page.at(-1);
      return {
        events: page.map((event) => ({
          logStreamName: event.stream,
          ...describeEvent(event),
          eventId: eventId(event),
        })),
        searchedLogStreams: [],
        nextToken: last && page.length < found.length ? eventId(last) : undefined,
      };
    },
  );
}
