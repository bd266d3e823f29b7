/** Traces as the API describes them, and the page reads them. */
import * as z from "zod/mini";

const flag = z.enum(["ok", "error", "throttle", "fault", "in progress"]);

/** What came of a segment. */
export type Flag = z.infer<typeof flag>;

/** A trace in the list. */
const traceSummary = z.strictObject({
  id: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  name: z.string().check(z.describe("Of the segment at its root.")),
  method: z.nullable(z.string()),
  path: z
    .nullable(z.string())
    .check(
      z.describe("Of the request's URL, without its query; null where it is no HTTP request."),
    ),
  status: z.nullable(z.int()),
  flag,
});

/** The list. */
export const tracesSchema = z.strictObject({ traces: z.array(traceSummary) });

/** One trace, whole. */
export const traceDetail = z.extend(traceSummary, {
  isTruncated: z
    .boolean()
    .check(z.describe("Whether segments were dropped, of a trace that is too large.")),
  requestIds: z.array(z.string()).check(z.describe("The recorded requests that it is of.")),
  rows: z
    .array(
      z.strictObject({
        depth: z.int(),
        name: z.string(),
        origin: z
          .string()
          .check(z.describe("Such as AWS::Lambda::Function; empty where it is not known.")),
        operation: z.string(),
        startMs: z.number().check(z.describe("After the trace's start.")),
        durationMs: z.number(),
        status: z.nullable(z.int()),
        flag,
        isInferred: z.boolean(),
      }),
    )
    .check(z.describe("Segments and subsegments, each below the one that it is part of.")),
});
