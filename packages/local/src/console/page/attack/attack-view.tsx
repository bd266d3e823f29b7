/** The attacks: one by one, or all of them as a report. */
import { useKept } from "../kept.ts";
import { Problem } from "../problem.tsx";
import { Said } from "../said.tsx";
import { useData } from "../use-data.ts";
import { AttackList } from "./attack-list.tsx";
import { attacksSchema } from "./attack.ts";
import { download } from "./download.ts";
import { runAttack, runAttacks, runs } from "./runs.ts";
import { SendForm } from "./send-form.tsx";

/** The form to send as a user, and the attacks. */
export function AttackView() {
  const { data, problem } = useData("/attacks", attacksSchema);
  const { results, running, outcome, report } = useKept(runs);
  const attacks = data?.attacks ?? [];
  return (
    <>
      <SendForm />
      <section aria-labelledby="attacks-heading">
        <h2 id="attacks-heading">
          Attacks <span class="quiet">{attacks.length}</span>
        </h2>
        <p class="quiet">
          Each attack is made on everything that is deployed, and judged by the layer that
          responded.
        </p>
        <Problem text={problem} />
        <div class="filters above">
          <button
            type="button"
            disabled={running !== undefined || attacks.length === 0}
            onClick={() => void runAttacks(attacks)}
          >
            Run all
          </button>
          <button
            type="button"
            disabled={report === undefined}
            onClick={() => report !== undefined && download("attacks.json", report)}
          >
            Download the report
          </button>
          {running === undefined ? null : (
            <progress
              max={attacks.length}
              value={results.size}
              aria-label="Attacks that have run"
            />
          )}
          <Said outcome={outcome} />
        </div>
        <AttackList
          attacks={attacks}
          results={results}
          running={running}
          onRun={(attack) => void runAttack(attack)}
        />
      </section>
    </>
  );
}
