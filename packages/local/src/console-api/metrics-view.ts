/** Metrics and alarms as the API describes them, and the page reads them. */
import * as z from "zod/mini";

/** The graphs of the dashboards, as they are sent. */
export const metricsSchema = z.strictObject({
  minuteMs: z.number().check(z.describe("How many milliseconds a minute of AWS lasts here.")),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  graphs: z.array(
    z.strictObject({
      dashboard: z.string(),
      title: z.string(),
      statistic: z.string(),
      series: z.array(
        z.strictObject({
          label: z.string(),
          points: z.array(
            z.tuple([z.int().check(z.describe("Milliseconds since 1970.")), z.number()]),
          ),
        }),
      ),
    }),
  ),
  others: z
    .array(
      z.strictObject({
        dashboard: z.string(),
        title: z.string(),
        type: z.string(),
        query: z.nullable(z.string()),
      }),
    )
    .check(z.describe("Not drawn: neither metrics nor a count of log events.")),
});

/** The alarms, as they are sent. */
export const alarmsSchema = z.strictObject({
  alarms: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      state: z.string(),
      since: z.iso.datetime().check(z.describe("When it came into the state.")),
      reason: z.string(),
      condition: z.string().check(z.describe("What has to be true for ALARM.")),
      history: z
        .array(z.strictObject({ time: z.iso.datetime(), type: z.string(), summary: z.string() }))
        .check(z.describe("The newest first, 50 at most.")),
    }),
  ),
});
