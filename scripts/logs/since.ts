/** How far back a command looks: `10m`, `2h`, `1d`, or a time. */
import { parseWith } from "@secure-lambda/local/command-line";
import * as z from "zod";

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const expected =
  "Expected a time ago, such as 30s, 10m, 2h or 1d, or a time, such as 2026-11-30T09:00Z.";

const ago = z
  .string()
  .regex(/^\d{1,6}[smhd]$/)
  .transform((text) => {
    const unit = z.enum(["s", "m", "h", "d"]).parse(text.at(-1));
    return Date.now() - Number(text.slice(0, -1)) * unitMs[unit];
  });

const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/)
  .transform((text) => Date.parse(text))
  .pipe(z.number());

/** A time that has passed, in milliseconds since 1970. */
export const sinceSchema = z.union([ago, date], expected).refine((time) => time <= Date.now(), {
  error: "It is in the future.",
});

/** Parses the value of `--since`. */
export const parseSince = parseWith(sinceSchema);
