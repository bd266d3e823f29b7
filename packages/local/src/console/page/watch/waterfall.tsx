/** The steps of a request on a common axis of time. */
import { duration } from "../format.ts";
import { useState } from "../hooks.ts";
import type { Step } from "./request.ts";

const marks = { passed: "✓", refused: "✗", failed: "✗" };

/** A row for each step; what decided is below it when it is opened. */
export function Waterfall({ steps }: { steps: readonly Step[] }) {
  const ordered = steps.toSorted((one, other) => one.startMs - other.startMs);
  const end = Math.max(1, ...ordered.map(({ startMs, durationMs }) => startMs + durationMs));
  return (
    <ol class="waterfall">
      {ordered.map((step, index) => (
        <Row key={index} step={step} end={end} />
      ))}
    </ol>
  );
}

function Row({ step, end }: { step: Step; end: number }) {
  const { layer, name, outcome, reason, facts, startMs, durationMs } = step;
  const [isOpen, setOpen] = useState(outcome !== "passed");
  const rows = Object.entries(facts);
  const width = Math.max(0.5, (100 * durationMs) / end);
  return (
    <li class={outcome}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span class="mark" aria-hidden="true">
          {marks[outcome]}
        </span>
        <span class="layer">{layer}</span>
        <span class="name">{name}</span>
        <span class="visually-hidden">{outcome},</span>
        <span class="took">{duration(durationMs)}</span>
        <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect x={Math.min(99.5, (100 * startMs) / end)} y={0} width={width} height={4} />
        </svg>
      </button>
      {isOpen ? (
        <dl class="facts">
          <dt>outcome</dt>
          <dd>{reason === undefined ? outcome : `${outcome}: ${reason}`}</dd>
          <dt>started</dt>
          <dd>after {duration(startMs)}</dd>
          {rows.map(([fact, value]) => (
            <>
              <dt>{fact}</dt>
              <dd>{String(value)}</dd>
            </>
          ))}
        </dl>
      ) : null}
    </li>
  );
}
