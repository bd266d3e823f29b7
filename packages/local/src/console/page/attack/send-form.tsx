/** Signs in as a user, and sends a request to a route. */
import * as z from "zod/mini";
import { apiRoutesSchema } from "../../../console-api/api-routes-view.ts";
import { send } from "../api.ts";
import { onSubmit, textIn } from "../form.ts";
import { useKept } from "../kept.ts";
import { Problem } from "../problem.tsx";
import { hrefOf } from "../route.ts";
import { Said, useOutcome } from "../said.tsx";
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
  const [outcome, act] = useOutcome();
  const { route: chosen, body } = useKept(draft);
  const served = useData("/api-routes", apiRoutesSchema);
  // Browsers send OPTIONS by themselves.
  const routes = (served.data?.routes ?? []).filter(({ method }) => method !== "OPTIONS");
  const pools = useData("/users", poolsSchema);

  const submit = onSubmit((fields) => {
    const [route, text] = [textIn(fields, "route"), textIn(fields, "body")];
    draft.set({ route, body: text });
    const [method, target] = route.split(" ");
    const headers = [["Content-Type", "application/json"]];
    const request = { method, target, headers, body: text, token: user?.token };
    void act(async () => {
      const { id, status } = await send("POST", "/send", request, sentSchema);
      return (
        <>
          The response is {status}: <a href={hrefOf("requests", id)}>see what each layer did</a>
        </>
      );
    });
  });

  return (
    <section aria-labelledby="send-heading">
      <h2 id="send-heading">Send as a user</h2>
      <Problem text={served.problem ?? pools.problem} />
      <SignIn pools={pools.data?.userPools ?? []} />
      <form class="stacked" onSubmit={submit}>
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
        <Said outcome={outcome} />
      </form>
    </section>
  );
}
