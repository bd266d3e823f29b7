/** Who may call what. */
import { grantsSchema } from "../../../console-api/deployed-view.ts";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";

/** A row for each statement of a policy. */
export function Grants() {
  const read = useData("/grants", grantsSchema);
  return (
    <section aria-labelledby="grants-heading">
      <h2 id="grants-heading">Who may call what</h2>
      <p class="quiet">
        What no row allows is denied, and a row with “not” comes before the others.
      </p>
      <Problem text={read.problem} />
      <Table
        caption="Grants"
        columns={["who", "may", "on", "if"]}
        rows={listIn(read, (data) => data.grants)?.map(
          ({ who, effect, actions, on, when, policy }, index) => [
            who,
            effect === "may" ? actions : `not ${actions}`,
            on,
            <div key={index}>
              {when} <span class="fact">by {policy}</span>
            </div>,
          ],
        )}
        none="Nothing is allowed."
      />
    </section>
  );
}
