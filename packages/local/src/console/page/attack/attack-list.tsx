/** The attacks, each with what must happen and what happened. */
import { hrefOf } from "../route.ts";
import { Table } from "../table.tsx";
import type { Attack, AttackResult } from "./attack.ts";

interface AttackListProps {
  readonly attacks: readonly Attack[];
  readonly results: ReadonlyMap<string, AttackResult>;
  readonly running: string | undefined;
  readonly onRun: (attack: Attack) => void;
}

/** An entry for each attack. */
export function AttackList({ attacks, results, running, onRun }: AttackListProps) {
  return (
    <>
      {attacks.map((attack) => (
        <article key={attack.id} class="entry attack">
          <div>
            <h3>{attack.title}</h3>
            <p>{attack.tries}</p>
            <p class="quiet">Expected: {attack.expects}</p>
          </div>
          <p>
            <button
              type="button"
              aria-label={`Run: ${attack.title}`}
              disabled={running !== undefined}
              onClick={() => onRun(attack)}
            >
              {running === attack.id ? "Running …" : "Run"}
            </button>{" "}
            <Outcome result={results.get(attack.id)} />
          </p>
          <Attempts result={results.get(attack.id)} />
        </article>
      ))}
    </>
  );
}

const classes = { defended: "passed", failed: "refused", "not-applicable": "quiet" };
const marks = { defended: "✓ defended", failed: "✗ failed", "not-applicable": "– not applicable" };

function Outcome({ result }: { result: AttackResult | undefined }) {
  if (result === undefined) return null;
  const { outcome, reason } = result;
  return (
    <>
      <strong class={`status ${classes[outcome]}`}>{marks[outcome]}</strong>
      {reason === undefined ? null : <span class="quiet"> {reason}</span>}
    </>
  );
}

function Attempts({ result }: { result: AttackResult | undefined }) {
  if (result === undefined || result.attempts.length === 0) return null;
  const { title, outcome, attempts } = result;
  return (
    <details open={outcome === "failed"}>
      <summary>{attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`}</summary>
      <Table
        caption={`Attempts of: ${title}`}
        columns={["target", "outcome", "expected", "actual", "layer", "reason", "requests"]}
        rows={attempts.map((attempt) => [
          attempt.target,
          <span class={`status ${classes[attempt.outcome]}`}>{attempt.outcome}</span>,
          attempt.expected,
          <span>{attempt.problem ?? attempt.status ?? "no response"}</span>,
          attempt.layer,
          <div>
            {attempt.reason}
            {Object.entries(attempt.facts).map(([fact, value]) => (
              <span key={fact} class="fact">
                {fact}: {String(value)}
              </span>
            ))}
          </div>,
          <Requests ids={attempt.requestIds} />,
        ])}
        none=""
      />
    </details>
  );
}

const shownRequests = 3;

function Requests({ ids }: { ids: readonly string[] }) {
  return (
    <div>
      {ids.slice(0, shownRequests).map((id) => (
        <>
          <a key={id} href={hrefOf("requests", id)} aria-label={`Request ${id}`}>
            {id.slice(0, 8)}
          </a>{" "}
        </>
      ))}
      {ids.length > shownRequests ? `and ${ids.length - shownRequests} more` : null}
    </div>
  );
}
