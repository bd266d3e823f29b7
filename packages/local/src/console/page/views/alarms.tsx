/** The alarms and their states. */
import { dateAndTime } from "../format.ts";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { useOverview } from "./use-overview.ts";

/** A row for each alarm. */
export function Alarms() {
  const { data, problem } = useOverview();
  return (
    <section aria-label="All alarms">
      <Problem text={problem} />
      <Table
        caption="Alarms"
        columns={["alarm", "state", "since", "reason"]}
        rows={(data?.alarms ?? []).map(({ name, state, since, reason }) => [
          name,
          <span class={`state ${state}`}>{state}</span>,
          dateAndTime(since),
          reason,
        ])}
        none="No alarm is deployed."
      />
    </section>
  );
}
