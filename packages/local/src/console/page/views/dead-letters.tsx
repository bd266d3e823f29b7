/** Queues and their messages: why each dead letter is there, to redrive or to discard it. */
import * as z from "zod/mini";
import { useRef, useState } from "hono/jsx/dom";
import { messageOf, send } from "../api.ts";
import { timeOfDay } from "../format.ts";
import { None } from "../none.tsx";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { listIn, useData } from "../use-data.ts";

const queuesSchema = z.object({ queues: z.array(z.object({ name: z.string() })) });

const messagesSchema = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      sentAt: z.string(),
      receiveCount: z.int(),
      source: z.nullable(z.string()),
      reason: z.string(),
      isRedrivable: z.boolean(),
      body: z.nullable(z.string()),
    }),
  ),
});

/** Every queue. */
export function DeadLetters() {
  const [isRevealed, setRevealed] = useState(false);
  const read = useData("/queues", queuesSchema);
  const queues = listIn(read, (data) => data.queues);
  return (
    <>
      <Problem text={read.problem} />
      <Reveal isRevealed={isRevealed} onReveal={setRevealed} />
      <None of={queues} text="No queue is deployed." />
      {queues?.map(({ name }) => (
        <Queue key={name} name={name} isRevealed={isRevealed} />
      ))}
    </>
  );
}

function Queue({ name, isRevealed }: { name: string; isRevealed: boolean }) {
  const path = `/queues/${encodeURIComponent(name)}/messages`;
  const read = useData(`${path}?reveal=${isRevealed}`, messagesSchema);
  const [said, setSaid] = useState("");
  const heading = useRef<HTMLElement>(null);

  const act = async (method: string, id: string, action: string, done: string) => {
    try {
      await send(method, `${path}/${encodeURIComponent(id)}${action}`, undefined, z.unknown());
      setSaid(done);
      // The button that was pressed goes with its message.
      heading.current?.focus();
    } catch (error) {
      setSaid(messageOf(error));
    }
    read.refresh();
  };

  const messages = listIn(read, (data) => data.messages);
  return (
    <section aria-label={`Queue ${name}`}>
      <h2 ref={heading} tabindex={-1}>
        {name}
      </h2>
      <Problem text={read.problem} />
      <p role="status">{said}</p>
      <None of={messages} text="No message is in this queue." />
      {messages?.map(({ id, sentAt, receiveCount, source, reason, isRedrivable, body }) => (
        <article key={id} class="entry">
          <h3>{reason}</h3>
          <p class="quiet">
            {timeOfDay(sentAt)}, from {source ?? "an unknown source"}, received {receiveCount}{" "}
            times, message {id}
          </p>
          {body === null ? null : <pre>{body}</pre>}
          <p>
            <button
              type="button"
              disabled={!isRedrivable}
              onClick={() => void act("POST", id, "/redrive", "It was sent to its function again.")}
            >
              Redrive
            </button>{" "}
            <button type="button" onClick={() => void act("DELETE", id, "", "It was discarded.")}>
              Discard
            </button>
          </p>
        </article>
      ))}
    </section>
  );
}
