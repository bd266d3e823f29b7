/** Signs in as a user of a pool; the token stays in the page's memory and is shown nowhere. */
import { useState } from "hono/jsx/dom";
import { signedInSchema } from "../../../console-api/sign-in-view.ts";
import { messageOf, send } from "../api.ts";
import { textIn } from "../form-text.ts";
import { keep, useKept } from "../kept.ts";
import { NewAuthenticator } from "./new-authenticator.tsx";

/** Who calls, until the page is left. */
export const caller = keep<{ readonly name: string; readonly token: string } | undefined>(
  undefined,
);

interface SignInProps {
  readonly pools: readonly { readonly id: string; readonly name: string }[];
}

interface Named {
  readonly userPoolId: string;
  readonly username: string;
}

/** Who has to register an authenticator, with its secret and the session to go on with. */
interface Asked extends Named {
  readonly secret: string;
  readonly session: string;
}

/** The form, the authenticator that a sign-in asks for, or who is signed in. */
export function SignIn({ pools }: SignInProps) {
  const user = useKept(caller);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const [said, setSaid] = useState("");

  const signIn = async ({ userPoolId, username }: Named, rest: object) => {
    try {
      const body = { userPoolId, username, ...rest };
      const answer = await send("POST", "/sign-in", body, signedInSchema);
      setSaid("");
      if ("idToken" in answer) {
        setAsked(undefined);
        caller.set({ name: username, token: answer.idToken });
      } else setAsked({ userPoolId, username, ...answer.authenticator });
    } catch (error) {
      setSaid(messageOf(error));
    }
  };

  const submit = (event: Event) => {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    const form = new FormData(target);
    const given = ["password", "newPassword", "code"].map((name) => [name, textIn(form, name)]);
    const filled = given.filter(([, value]) => value !== "");
    const named = { userPoolId: textIn(form, "pool"), username: textIn(form, "username") };
    void signIn(named, Object.fromEntries(filled));
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
  if (asked !== undefined) {
    const { username, secret, session } = asked;
    return (
      <NewAuthenticator
        {...{ username, secret, said }}
        onCode={(code) => void signIn(asked, { session, code })}
        onCancel={() => setAsked(undefined)}
      />
    );
  }
  return (
    <form class="filters" onSubmit={submit}>
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
        name="newPassword"
        type="password"
        autocomplete="off"
        aria-label="New password, for a temporary one (optional)"
        placeholder="new password (optional)"
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
