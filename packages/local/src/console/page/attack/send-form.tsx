/** Signs in as a user, and sends a request to a route. */
import * as z from "zod/mini";
import { apiRoutesSchema } from "../../../console-api/api-routes-view.ts";
import { useState } from "hono/jsx/dom";
import { messageOf, send } from "../api.ts";
import { textIn } from "../form-text.ts";
import { useKept } from "../kept.ts";
import { Problem } from "../problem.tsx";
import { hrefOf } from "../route.ts";
import { useData } from "../use-data.ts";
import { draft } from "./draft.ts";
import { caller, SignIn } from "./sign-in.tsx";

const sentSchema = z.object({ id: z.string(), status: z.int() });
const poolsSchema = z.object({
  userPools: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** Two forms: who calls, and what is sent. */
export function SendForm() {
  const user = useKept(caller);
  const [sent, setSent] = useState<z.infer<typeof sentSchema> | undefined>(undefined);
  const [said, setSaid] = useState("");
  const { route: chosen, body } = useKept(draft);
  const served = useData("/api-routes", apiRoutesSchema);
  // Browsers send OPTIONS by themselves.
  const routes = (served.data?.routes ?? []).filter(({ method }) => method !== "OPTIONS");
  const pools = useData("/users", poolsSchema);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const [method, target] = textIn(form, "route").split(" ");
    const { token } = user ?? {};
    const headers = [["Content-Type", "application/json"]];
    const request = { method, target, headers, body: textIn(form, "body"), token };
    try {
      setSent(await send("POST", "/send", request, sentSchema));
      setSaid("");
    } catch (error) {
      setSent(undefined);
      setSaid(messageOf(error));
    }
  };

  return (
    <section aria-labelledby="send-heading">
      <h2 id="send-heading">Send as a user</h2>
      <Problem text={served.problem ?? pools.problem} />
      <p class="quiet">Leave the password empty to get a token for the user without signing in.</p>
      <SignIn pools={pools.data?.userPools ?? []} />
      <form class="stacked" onSubmit={(event: Event) => void submit(event)}>
        <label>
          Route{" "}
          <select name="route">
            {routes.map(({ method, path, authorizer }) => {
              const route = `${method} ${path}`;
              return (
                <option key={route} value={route} selected={route === chosen}>
                  {route} ({authorizer ?? "open to all"})
                </option>
              );
            })}
          </select>
        </label>
        <label>
          Body <textarea name="body" rows={2} value={body} />
        </label>
        <button type="submit">{user === undefined ? "Send without a token" : "Send"}</button>
        <span role="status">
          {said}
          {sent === undefined ? null : (
            <>
              It was answered with {sent.status}:{" "}
              <a href={hrefOf("requests", sent.id)}>see what each layer did</a>
            </>
          )}
        </span>
      </form>
    </section>
  );
}
