/** Signs in as a user of a pool; the token stays in the page's memory and is shown nowhere. */
import { useRef } from "hono/jsx/dom";
import { signedInSchema } from "../../../console-api/sign-in-view.ts";
import { send } from "../api.ts";
import { textIn } from "../form.ts";
import { useEffect, useState } from "../hooks.ts";
import { keep, useKept } from "../kept.ts";
import { useOutcome } from "../said.tsx";
import { NewAuthenticator } from "./new-authenticator.tsx";
import { SignInForm, type Pool } from "./sign-in-form.tsx";

/** Who calls, until the page is left. */
export const caller = keep<{ readonly name: string; readonly token: string } | undefined>(
  undefined,
);

interface Named {
  readonly userPoolId: string;
  readonly username: string;
}

/** Who has to register an authenticator, with its secret and the session to go on with. */
interface Asked extends Named {
  readonly secret: string;
  readonly session: string;
  readonly isPasswordReplaced: boolean;
}

/** The form, the authenticator that a sign-in asks for, or who is signed in. */
export function SignIn({ pools }: { readonly pools: readonly Pool[] }) {
  const user = useKept(caller);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const [outcome, act] = useOutcome();
  const place = useRef<HTMLElement>(null);
  const step = user === undefined ? asked?.session : "signed in";
  const lastStep = useRef(step);

  // The button that was pressed goes with its step.
  useEffect(() => {
    if (step !== lastStep.current)
      (place.current?.querySelector("input") ?? place.current)?.focus();
    lastStep.current = step;
  }, [step]);

  const signIn = ({ userPoolId, username }: Named, rest: object) =>
    act(async () => {
      const body = { userPoolId, username, ...rest };
      const answer = await send("POST", "/sign-in", body, signedInSchema);
      if ("idToken" in answer) {
        setAsked(undefined);
        caller.set({ name: username, token: answer.idToken });
      } else setAsked({ userPoolId, username, ...answer.authenticator });
      return "";
    });

  const submit = (fields: FormData) => {
    const given = ["password", "newPassword", "code"].map((name) => [name, textIn(fields, name)]);
    const filled = given.filter(([, value]) => value !== "");
    const named = { userPoolId: textIn(fields, "pool"), username: textIn(fields, "username") };
    void signIn(named, Object.fromEntries(filled));
  };

  const cancel = ({ isPasswordReplaced }: Asked) =>
    act(async () => {
      setAsked(undefined);
      return isPasswordReplaced ? "The new password is set: sign in with it." : "";
    });

  return (
    <div ref={place} tabindex={-1}>
      {user !== undefined ? (
        <p>
          Requests carry the token of {user.name}.{" "}
          <button type="button" onClick={() => caller.set(undefined)}>
            Forget the token
          </button>
        </p>
      ) : asked !== undefined ? (
        <NewAuthenticator
          {...asked}
          outcome={outcome}
          onCode={(code) => void signIn(asked, { session: asked.session, code })}
          onCancel={() => void cancel(asked)}
        />
      ) : (
        <SignInForm pools={pools} outcome={outcome} onFields={submit} />
      )}
    </div>
  );
}
