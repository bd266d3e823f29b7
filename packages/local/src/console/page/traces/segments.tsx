/** The segments of a trace on a common axis of time. */
import type * as z from "zod/mini";
import type { traceDetail } from "../../../console-api/traces-view.ts";
import { duration } from "../format.ts";

type Row = z.infer<typeof traceDetail>["rows"][number];

const outcomes = {
  ok: "passed",
  error: "refused",
  throttle: "refused",
  fault: "failed",
  "in progress": "passed",
} as const;

const mostIndents = 8;

/** A row for each segment, below the one that it is part of. */
export function Segments({ rows }: { rows: readonly Row[] }) {
  const end = Math.max(1, ...rows.map(({ startMs, durationMs }) => startMs + durationMs));
  return (
    <ol class="waterfall segments">
      {rows.map(({ depth, name, origin, operation, startMs, durationMs, ...row }, index) => (
        <li
          key={index}
          class={outcomes[row.flag]}
          style={{ "--depth": String(Math.min(depth, mostIndents)) }}
        >
          <span class="name">
            {name} {operation}
            <span class="visually-hidden">, at depth {depth + 1}</span>
          </span>
          <span class="layer">
            {[origin, row.isInferred ? "inferred" : "", row.status ?? ""]
              .filter((text) => text !== "")
              .join(", ")}
            {row.flag === "ok" ? "" : ` ${row.flag}`}
          </span>
          <span class="took">{duration(durationMs)}</span>
          <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect
              x={Math.min(99.5, (100 * startMs) / end)}
              y={0}
              width={Math.max(0.5, (100 * durationMs) / end)}
              height={4}
            />
          </svg>
        </li>
      ))}
    </ol>
  );
}
