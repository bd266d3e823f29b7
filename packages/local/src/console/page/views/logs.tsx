/** The log groups, with CloudWatch's filter patterns. */
import * as z from "zod/mini";
import { useState } from "hono/jsx/dom";
import { textIn } from "../form.ts";
import { timeOfDay } from "../format.ts";
import { None } from "../none.tsx";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { listIn, useData } from "../use-data.ts";

const groupsSchema = z.object({
  logGroups: z.array(z.object({ name: z.string(), events: z.int() })),
});

const eventsSchema = z.object({
  events: z.array(z.object({ sequence: z.int(), timestamp: z.string(), message: z.string() })),
});

/** The chosen log group, newest first, as its events come. */
export function Logs() {
  const { data, problem } = useData("/log-groups", groupsSchema);
  const groups = (data?.logGroups ?? []).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const [chosen, choose] = useState<string | undefined>(undefined);
  const [pattern, setPattern] = useState("");
  const [isRevealed, setRevealed] = useState(false);
  const group = chosen ?? groups[0]?.name;

  const submit = (event: Event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    choose(textIn(form, "group"));
    setPattern(textIn(form, "pattern"));
  };

  return (
    <section aria-label="One log group">
      <Problem text={problem} />
      <form class="filters" role="search" onSubmit={submit}>
        <select name="group" aria-label="Log group">
          {groups.map(({ name, events }) => (
            <option key={name} value={name} selected={name === group}>
              {name} ({events})
            </option>
          ))}
        </select>
        <input
          name="pattern"
          type="search"
          aria-label="Filter pattern"
          placeholder={'{ $.level = "ERROR" }'}
        />
        <button type="submit">Filter</button>
      </form>
      <Reveal isRevealed={isRevealed} onReveal={setRevealed} />
      {group === undefined ? null : (
        <EventsOf key={group} group={group} pattern={pattern} isRevealed={isRevealed} />
      )}
    </section>
  );
}

interface EventsProps {
  readonly group: string;
  readonly pattern: string;
  readonly isRevealed: boolean;
}

function EventsOf({ group, pattern, isRevealed }: EventsProps) {
  const reveal = String(isRevealed);
  const query = new URLSearchParams({ group, filter: pattern, limit: "200", reveal });
  const read = useData(`/log-events?${query.toString()}`, eventsSchema);
  const events = listIn(read, (data) => data.events);
  return (
    <>
      <Problem text={read.problem} />
      <None of={events} text="No event matches." />
      <ol class="log-lines">
        {events?.map(({ sequence, timestamp, message }) => (
          <li key={sequence}>
            <span class="time">{timeOfDay(timestamp)}</span>
            <pre>{message}</pre>
          </li>
        ))}
      </ol>
    </>
  );
}
