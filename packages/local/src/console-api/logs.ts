/** Routes of log groups and their events. */
import * as z from "zod";
import { parseFilterPattern } from "../services/cloudwatch-logs/api/filter-pattern.ts";
import type { LogGroups } from "../services/cloudwatch-logs/log-groups.ts";
import type { RequestRecorder } from "../requests/recorder.ts";
import { lineMasking } from "./line-masking.ts";
import { ApiProblem, orProblem } from "./problem.ts";
import { bare, defineRoute, type Route } from "./route.ts";

const event = z.strictObject({
  sequence: z.int().describe("Unique, and grows with each event."),
  stream: z.string(),
  timestamp: z.iso.datetime(),
  message: z.string(),
});

const eventsQuery = z.strictObject({
  group: z.string(),
  filter: z.string().default("").describe("A filter pattern of CloudWatch Logs."),
  before: z.coerce.number().int().optional().describe("The `next` of the page before."),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  reveal: z.stringbool().default(false).describe("Whether tokens and names are shown."),
});

/** What the routes are about. */
export interface LogRoutesOptions {
  readonly logs: LogGroups;
  readonly requests: Pick<RequestRecorder, "newestFirst">;
}

/** The routes. */
export function logRoutes({ logs, requests }: LogRoutesOptions): Route[] {
  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/log-groups",
      operationId: "listLogGroups",
      summary: "Lists the log groups.",
      result: z.strictObject({
        logGroups: z.array(
          z.strictObject({
            name: z.string(),
            retentionInDays: z.int().nullable(),
            events: z.int(),
          }),
        ),
      }),
      handle: () => ({
        logGroups: logs.groups().map(({ name, retentionInDays = null }) => ({
          name,
          retentionInDays,
          events: logs.describe(name).length,
        })),
      }),
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/log-events",
      operationId: "listLogEvents",
      summary: "Lists the events of a log group, newest first.",
      query: eventsQuery,
      result: z.strictObject({
        events: z.array(event),
        next: z.int().nullable().describe("The `before` of the next page; null at the end."),
      }),
      handle({ query: { group, filter, before = Infinity, limit, reveal } }) {
        if (logs.createdAt(group) === undefined) {
          throw new ApiProblem(404, "There is no such log group.");
        }
        const found = orProblem(400, () => {
          const matches = parseFilterPattern(filter);
          return logs
            .read(group)
            .filter(({ sequence, message }) => sequence < before && matches(message))
            .toReversed();
        });
        const page = found.slice(0, limit);
        const shown = reveal ? String : lineMasking(requests.newestFirst());
        return {
          events: page.map(({ sequence, stream, timestamp, message }) => ({
            sequence,
            stream,
            message: shown(message),
            timestamp: new Date(timestamp).toISOString(),
          })),
          next: found.length > limit ? (page.at(-1)?.sequence ?? null) : null,
        };
      },
    }),
  ];
}
