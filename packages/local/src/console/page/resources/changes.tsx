/** What the latest deployment changed. */
import { changesSchema } from "../../../console-api/deployed-view.ts";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";

/** The changes, each with the inputs that are different. */
export function Changes() {
  const read = useData("/changes", changesSchema);
  return (
    <section aria-labelledby="changes-heading">
      <h2 id="changes-heading">Changed by the latest deployment</h2>
      <Problem text={read.problem} />
      <Table
        caption="Changes of the latest deployment"
        columns={["resource", "change", "inputs"]}
        rows={listIn(read, (data) => data.changes)?.map(({ urn, name, type, kind, inputs }) => [
          <div key={urn}>
            {name} <span class="fact">{type}</span>
          </div>,
          kind,
          <div key={urn}>
            {inputs.map((input) => (
              <details key={input.name}>
                <summary>{input.name}</summary>
                <pre tabindex={0}>
                  {`before: ${input.before ?? "none"}\nafter:  ${input.after ?? "none"}`}
                </pre>
              </details>
            ))}
          </div>,
        ])}
        none="It is the first one, or has changed nothing."
      />
    </section>
  );
}
