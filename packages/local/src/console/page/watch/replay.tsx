/** Sends a request again, as it was or edited. */
import * as z from "zod/mini";
import { send } from "../api.ts";
import { onSubmit, textIn } from "../form.ts";
import { hrefOf } from "../route.ts";
import { Said, useOutcome } from "../said.tsx";
import type { RequestDetails } from "./request.ts";

const sentSchema = z.object({ id: z.string() });

/** A form with the request: what is not changed is sent as it was, with the token that is masked here. */
export function Replay({ request: { id, method, target, request } }: { request: RequestDetails }) {
  const [outcome, act] = useOutcome();
  const before = { method, target, body: request.body };

  const submit = onSubmit((fields) => {
    const changes = Object.entries(before)
      .map(([field, value]) => [field, value, textIn(fields, field)] as const)
      .filter(([, value, edited]) => edited !== value)
      .map(([field, , edited]) => [field, edited]);
    void act(async () => {
      const path = `/requests/${encodeURIComponent(id)}/replay`;
      const sent = await send("POST", path, Object.fromEntries(changes), sentSchema);
      location.hash = hrefOf("requests", sent.id);
      return "";
    });
  });

  return (
    <details class="fold">
      <summary>Replay</summary>
      <form class="stacked" onSubmit={submit}>
        <p class="quiet">What is not changed is sent as it was, also what is masked here.</p>
        <label>
          Method <input name="method" value={method} />
        </label>
        <label>
          Path <input name="target" value={target} />
        </label>
        <label>
          Body <textarea name="body" rows={4} value={request.body} />
        </label>
        <button type="submit">Send again</button>
        <Said outcome={outcome} />
      </form>
    </details>
  );
}
