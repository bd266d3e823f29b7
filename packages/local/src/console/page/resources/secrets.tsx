/** The secrets and their age. */
import { secretsSchema } from "../../../console-api/deployed-view.ts";
import { dateAndTime } from "../format.ts";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";

/** A row for each secret; its value is shown nowhere. */
export function Secrets() {
  const read = useData("/secrets", secretsSchema);
  return (
    <section aria-labelledby="secrets-heading">
      <h2 id="secrets-heading">Secrets</h2>
      <Problem text={read.problem} />
      <Table
        caption="Secrets"
        columns={["secret", "created", "last changed"]}
        rows={listIn(read, (data) => data.secrets)?.map(({ name, createdAt, changedAt }) => [
          name,
          dateAndTime(createdAt),
          dateAndTime(changedAt),
        ])}
        none="There is no secret."
      />
    </section>
  );
}
