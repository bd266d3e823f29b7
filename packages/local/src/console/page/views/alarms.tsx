/** The alarms: their states, conditions and histories. */
import type * as z from "zod/mini";
import { alarmsSchema } from "../../../console-api/metrics-view.ts";
import { dateAndTime } from "../format.ts";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";

type Alarm = z.infer<typeof alarmsSchema>["alarms"][number];

const inAlarmFirst = (one: Alarm, other: Alarm) =>
  Number(other.state === "ALARM") - Number(one.state === "ALARM");

/** A row for each alarm, and below them their histories. */
export function Alarms() {
  const read = useData("/alarms", alarmsSchema);
  const alarms = listIn(read, (data) => data.alarms.toSorted(inAlarmFirst));
  return (
    <section aria-label="All alarms">
      <Problem text={read.problem} />
      <Table
        caption="Alarms"
        columns={["alarm", "state", "since", "goes off when", "reason"]}
        rows={alarms?.map(({ name, description, state, since, condition, reason }) => [
          <div key={name}>
            {name} <span class="fact">{description}</span>
          </div>,
          <span class={`state ${state}`}>{state}</span>,
          dateAndTime(since),
          condition,
          reason,
        ])}
        none="No alarm is deployed."
      />
      {alarms?.map(({ name, history }) => (
        <details key={name} class="fold">
          <summary>
            History of {name} <code>{history.length}</code>
          </summary>
          <Table
            caption={`History of ${name}`}
            columns={["time", "kind", "what happened"]}
            rows={history.map(({ time, type, summary }) => [dateAndTime(time), type, summary])}
            none="Nothing has happened."
          />
        </details>
      ))}
    </section>
  );
}
