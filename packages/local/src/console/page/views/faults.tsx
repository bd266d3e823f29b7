/** Makes calls of AWS fail, to see what the app does. */
import * as z from "zod/mini";
import { useRef } from "hono/jsx/dom";
import { send } from "../api.ts";
import { onSubmit, textIn } from "../form.ts";
import { Problem } from "../problem.tsx";
import { Said, useOutcome } from "../said.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";

const effects = {
  error: "fails with an AWS error",
  throttle: "is throttled",
  delay: "takes 2 s longer",
  hang: "hangs",
};

const faultsSchema = z.object({
  faults: z.array(
    z.object({
      id: z.string(),
      call: z.string(),
      effect: z.object({ kind: z.enum(["error", "throttle", "delay", "hang"]) }),
      remaining: z.int(),
    }),
  ),
});

const effectOf = (kind: string) => (kind === "delay" ? { kind, milliseconds: 2_000 } : { kind });

/** The faults in force, and a form for another one. */
export function FaultsView() {
  const read = useData("/faults", faultsSchema);
  const [outcome, act] = useOutcome();
  const callInput = useRef<HTMLInputElement>(null);

  const begin = onSubmit((fields) => {
    const effect = effectOf(textIn(fields, "effect"));
    const fault = { call: textIn(fields, "call"), effect, times: Number(textIn(fields, "times")) };
    void act(async () => {
      await send("POST", "/faults", fault, z.unknown());
      read.refresh();
      return "The fault is in force.";
    });
  });

  const end = (id: string) =>
    act(async () => {
      await send("DELETE", `/faults/${id}`, undefined, z.unknown());
      // The button that was pressed goes with its fault.
      callInput.current?.focus();
      read.refresh();
      return "The fault has ended.";
    });

  return (
    <section aria-label="Faults of AWS calls">
      <p class="quiet" id="faults-help">
        Makes a call of AWS, service:operation, fail, to see how the app handles it. An AWS SDK
        retries a failed call, and each attempt counts.
      </p>
      <Problem text={read.problem} />
      <form class="filters" onSubmit={begin}>
        <input
          ref={callInput}
          name="call"
          aria-label="Call"
          aria-describedby="faults-help"
          required
          value="sns:Publish"
        />
        <select name="effect" aria-label="Effect">
          {Object.entries(effects).map(([kind, text]) => (
            <option key={kind} value={kind}>
              {text}
            </option>
          ))}
        </select>
        <label>
          for <input name="times" type="number" min="1" max="1000" value="1" /> calls
        </label>
        <button type="submit">Begin</button>
        <Said outcome={outcome} />
      </form>
      <Table
        caption="Faults in force"
        columns={["call", "effect", "calls left", "action"]}
        rows={listIn(read, (data) => data.faults)?.map(({ id, call, effect, remaining }) => [
          <span id={`fault-${id}`}>{call}</span>,
          effects[effect.kind],
          remaining,
          <button type="button" aria-describedby={`fault-${id}`} onClick={() => void end(id)}>
            End
          </button>,
        ])}
        none="No fault is in force. Begin one, then send a request."
      />
    </section>
  );
}
