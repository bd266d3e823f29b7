/** Sends a request again, as it was or edited. */
import * as z from "zod/mini";
import { useState } from "hono/jsx/dom";
import { messageOf, send } from "../api.ts";
import { textIn } from "../form-text.ts";
import { hrefOf } from "../route.ts";
import type { RequestDetails } from "./request.ts";

const sentSchema = z.object({ id: z.string() });

/** A form with the request: what is not changed is sent as it was, with the token that is masked here. */
export function Replay({ request: { id, method, target, request } }: { request: RequestDetails }) {
  const [said, setSaid] = useState("");
  const before = { method, target, body: request.body };

  const replay = async (changes: object) => {
    setSaid("Sending …");
    try {
      const path = `/requests/${encodeURIComponent(id)}/replay`;
      const sent = await send("POST", path, changes, sentSchema);
      location.hash = hrefOf("requests", sent.id);
    } catch (error) {
      setSaid(messageOf(error));
    }
  };

  const submit = (event: Event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const changes = Object.entries(before)
      .map(([field, value]) => [field, value, textIn(form, field)] as const)
      .filter(([, value, edited]) => edited !== value)
      .map(([field, , edited]) => [field, edited]);
    void replay(Object.fromEntries(changes));
  };

  return (
    <details class="fold">
      <summary>Replay</summary>
      <form class="stacked" onSubmit={submit}>
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
        <span role="status">{said}</span>
      </form>
    </details>
  );
}
