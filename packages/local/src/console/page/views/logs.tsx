/** The log groups, with CloudWatch's filter patterns. */
import * as z from "zod/mini";
import { onSubmit, textIn } from "../form.ts";
import { timeOfDay } from "../format.ts";
import { useState } from "../hooks.ts";
import { None } from "../none.tsx";
import { Paged } from "../paged.tsx";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { listIn, useData } from "../use-data.ts";

const groupsSchema = z.object({
  logGroups: z.array(z.object({ name: z.string(), events: z.int() })),
});

const eventsSchema = z.object({
  events: z.array(z.object({ sequence: z.int(), timestamp: z.string(), message: z.string() })),
});

type Events = Readonly<z.infer<typeof eventsSchema>["events"]>;

/** The chosen log group, newest first, as its events come. */
export function Logs() {
  const read = useData("/log-groups", groupsSchema);
  const groups = listIn(read, (data) =>
    data.logGroups.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  );
  const [chosen, choose] = useState<string | undefined>(undefined);
  const [pattern, setPattern] = useState("");
  const [isRevealed, setRevealed] = useState(false);
  const group = chosen ?? groups?.[0]?.name;

  const filter = onSubmit((fields) => setPattern(textIn(fields, "pattern").trim()));

  const chooseGroup = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) choose(target.value);
  };

  return (
    <section aria-label="One log group">
      <Problem text={read.problem} />
      <None of={groups} text="No log group is deployed." />
      <form class="filters" role="search" onSubmit={filter}>
        <select aria-label="Log group" onChange={chooseGroup}>
          {groups?.map(({ name, events }) => (
            <option key={name} value={name} selected={name === group}>
              {name} ({events})
            </option>
          ))}
        </select>
        <input
          name="pattern"
          type="search"
          aria-label="Filter pattern"
          aria-describedby="pattern-help"
          placeholder={'{ $.level = "ERROR" }'}
        />
        <button type="submit">Filter</button>
      </form>
      <p id="pattern-help" class="quiet">
        A filter pattern of CloudWatch Logs. The newest {limit} events that match are listed.
      </p>
      <Reveal isRevealed={isRevealed} onReveal={setRevealed} />
      {group === undefined ? null : (
        <EventsOf key={group} group={group} pattern={pattern} isRevealed={isRevealed} />
      )}
    </section>
  );
}

const limit = "200";

interface EventsProps {
  readonly group: string;
  readonly pattern: string;
  readonly isRevealed: boolean;
}

function EventsOf({ group, pattern, isRevealed }: EventsProps) {
  const reveal = String(isRevealed);
  const query = new URLSearchParams({ group, filter: pattern, limit, reveal });
  const read = useData(`/log-events?${query.toString()}`, eventsSchema);
  const events = listIn(read, (data) => data.events);
  return (
    <>
      <Problem text={read.problem} />
      <None
        of={events}
        text={
          pattern === ""
            ? "No event yet. Send a request: what serves it writes its log here."
            : "No event matches the pattern."
        }
      />
      <Paged items={events ?? []} draw={drawEvents} />
    </>
  );
}

const drawEvents = (events: Events) => (
  <ol class="log-lines">
    {events.map(({ sequence, timestamp, message }) => (
      <li key={sequence}>
        <span class="time">{timeOfDay(timestamp)}</span>
        <pre>{message}</pre>
      </li>
    ))}
  </ol>
);
