/** Makes calls of AWS fail, to see what the app does. */
import * as z from "zod/mini";
import { useRef, useState } from "hono/jsx/dom";
import { messageOf, send } from "../api.ts";
import { textIn } from "../form-text.ts";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";

const faultsSchema = z.object({
  faults: z.array(
    z.object({
      id: z.string(),
      call: z.string(),
      effect: z.object({ kind: z.string() }),
      remaining: z.int(),
    }),
  ),
});

const effects = [
  ["error", "fails with an error of AWS"],
  ["throttle", "is throttled"],
  ["delay", "takes 2 s longer"],
  ["hang", "hangs"],
] as const;

const effectOf = (kind: string) => (kind === "delay" ? { kind, milliseconds: 2_000 } : { kind });

/** The faults in force, and a form for another one. */
export function FaultsView() {
  const read = useData("/faults", faultsSchema);
  const [said, setSaid] = useState("");
  const callInput = useRef<HTMLInputElement>(null);

  const act = async (method: string, path: string, body?: object) => {
    try {
      await send(method, path, body, z.unknown());
      setSaid(method === "POST" ? "The fault is in force." : "The fault has ended.");
      // The button that was pressed goes with its fault.
      if (method === "DELETE") callInput.current?.focus();
    } catch (error) {
      setSaid(messageOf(error));
    }
    read.refresh();
  };

  const submit = (event: Event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const effect = effectOf(textIn(form, "effect"));
    void act("POST", "/faults", {
      call: textIn(form, "call"),
      effect,
      times: Number(textIn(form, "times")),
    });
  };

  return (
    <section aria-label="Faults of AWS calls">
      <p class="quiet">A call that an AWS SDK tries again counts each time.</p>
      <Problem text={read.problem} />
      <form class="filters" onSubmit={submit}>
        <input ref={callInput} name="call" aria-label="Call" required value="sns:Publish" />
        <select name="effect" aria-label="Effect">
          {effects.map(([kind, text]) => (
            <option key={kind} value={kind}>
              {text}
            </option>
          ))}
        </select>
        <label>
          for <input name="times" type="number" min="1" max="1000" value="1" /> calls
        </label>
        <button type="submit">Begin</button>
        <span role="status">{said}</span>
      </form>
      <Table
        caption="Faults in force"
        columns={["call", "effect", "calls left", ""]}
        rows={listIn(read, (data) => data.faults)?.map(({ id, call, effect, remaining }) => [
          call,
          effect.kind,
          remaining,
          <button type="button" onClick={() => void act("DELETE", `/faults/${id}`)}>
            End
          </button>,
        ])}
        none="No fault is in force."
      />
    </section>
  );
}
