/** Queues and their messages: why each dead letter is there, to redrive or to discard it. */
import * as z from "zod/mini";
import { useRef } from "hono/jsx/dom";
import { send } from "../api.ts";
import { dateAndTime } from "../format.ts";
import { useState } from "../hooks.ts";
import { None } from "../none.tsx";
import { Paged } from "../paged.tsx";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { Said, useOutcome } from "../said.tsx";
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
  const [outcome, act] = useOutcome();
  const heading = useRef<HTMLElement>(null);

  const change = (method: string, id: string, action: string, done: string) =>
    act(async () => {
      try {
        const target = `${path}/${encodeURIComponent(id)}${action}`;
        await send(method, target, undefined, z.unknown());
        // The button that was pressed goes with its message.
        heading.current?.focus();
        return done;
      } finally {
        read.refresh();
      }
    });

  const messages = listIn(read, (data) => data.messages);
  const draw = (shown: readonly Message[]) =>
    shown.map((message) => (
      <MessageEntry
        key={message.id}
        message={message}
        onRedrive={() =>
          void change("POST", message.id, "/redrive", "It was sent to its function again.")
        }
        onDiscard={() => void change("DELETE", message.id, "", "It was discarded.")}
      />
    ));
  return (
    <section aria-label={`Queue ${name}`}>
      <h2 ref={heading} tabindex={-1}>
        {name}
      </h2>
      <Problem text={read.problem} />
      <div>
        <Said outcome={outcome} />
      </div>
      <None
        of={messages}
        text="No message is in this queue. The attack “Poison message” leaves one where a function consumes a topic."
      />
      <Paged items={messages ?? []} draw={draw} />
    </section>
  );
}

type Message = z.infer<typeof messagesSchema>["messages"][number];

interface MessageEntryProps {
  readonly message: Message;
  readonly onRedrive: () => void;
  readonly onDiscard: () => void;
}

function MessageEntry({ message, onRedrive, onDiscard }: MessageEntryProps) {
  const { id, sentAt, receiveCount, source, reason, isRedrivable, body } = message;
  const heading = `message-${id}`;
  return (
    <article class="entry">
      <h3 id={heading}>{reason}</h3>
      <p class="quiet">
        {dateAndTime(sentAt)}, from {source ?? "an unknown source"}, received {receiveCount}{" "}
        {receiveCount === 1 ? "time" : "times"}, message {id}
      </p>
      {body === null ? (
        <p class="quiet">Its body is hidden until names and addresses are shown.</p>
      ) : (
        <details>
          <summary>Body</summary>
          <pre tabindex={0}>{body}</pre>
        </details>
      )}
      <p>
        <button
          type="button"
          aria-describedby={heading}
          disabled={!isRedrivable}
          onClick={onRedrive}
        >
          Redrive
        </button>{" "}
        <button type="button" aria-describedby={heading} onClick={onDiscard}>
          Discard
        </button>
        {isRedrivable ? null : (
          <span class="quiet"> Nothing that is deployed is known to have left it here.</span>
        )}
      </p>
    </article>
  );
}
