/** Signs in as a user of a pool; the token stays in the page's memory and is shown nowhere. */
import * as z from "zod/mini";
import { useState } from "hono/jsx/dom";
import { messageOf, send } from "../api.ts";
import { textIn } from "../form-text.ts";
import { keep, useKept } from "../kept.ts";

/** Who calls, until the page is left. */
export const caller = keep<{ readonly name: string; readonly token: string } | undefined>(
  undefined,
);

interface SignInProps {
  readonly pools: readonly { readonly id: string; readonly name: string }[];
}

const signedInSchema = z.object({ idToken: z.string() });

/** The form, or who is signed in. */
export function SignIn({ pools }: SignInProps) {
  const user = useKept(caller);
  const [said, setSaid] = useState("");

  const submit = async (event: Event) => {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    const form = new FormData(target);
    const [username, password, code] = ["username", "password", "code"].map((field) =>
      textIn(form, field),
    );
    const body = {
      userPoolId: textIn(form, "pool"),
      username,
      ...(password !== "" && { password }),
      ...(code !== "" && { code }),
    };
    try {
      const { idToken } = await send("POST", "/sign-in", body, signedInSchema);
      target.reset();
      setSaid("");
      caller.set({ name: username ?? "", token: idToken });
    } catch (error) {
      setSaid(messageOf(error));
    }
  };

  if (user !== undefined) {
    return (
      <p>
        Signed in as {user.name}.{" "}
        <button type="button" onClick={() => caller.set(undefined)}>
          Forget the token
        </button>
      </p>
    );
  }
  return (
    <form class="filters" onSubmit={(event: Event) => void submit(event)}>
      <select name="pool" aria-label="User pool">
        {pools.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <input
        name="username"
        required
        autocomplete="off"
        aria-label="User"
        placeholder="user or e-mail address"
      />
      <input
        name="password"
        type="password"
        autocomplete="off"
        aria-label="Password (optional)"
        placeholder="password (optional)"
      />
      <input
        name="code"
        inputmode="numeric"
        autocomplete="off"
        aria-label="One-time password (optional)"
        placeholder="one-time password (optional)"
      />
      <button type="submit">Sign in</button>
      <span role="status">{said}</span>
    </form>
  );
}
