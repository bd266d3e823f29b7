/** A form for who signs in, and with what. */
import { onSubmit } from "../form.ts";
import { hrefOf } from "../route.ts";
import { Said, type Outcome } from "../said.tsx";

/** A user pool. */
export interface Pool {
  readonly id: string;
  readonly name: string;
}

interface SignInFormProps {
  readonly pools: readonly Pool[];
  /** What came of the last sign-in. */
  readonly outcome: Outcome;
  /** Receives `pool`, `username`, `password`, `newPassword` and `code`. */
  readonly onFields: (fields: FormData) => void;
}

/** The form. */
export function SignInForm({ pools, outcome, onFields }: SignInFormProps) {
  return (
    <form class="fields" onSubmit={onSubmit(onFields)}>
      <p class="quiet">
        Choose one of the <a href={hrefOf("users")}>users</a>. Without a password a token is issued
        for the user, who is not signed in.
      </p>
      <label>
        User pool{" "}
        <select name="pool">
          {pools.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        User name or e-mail address <input name="username" required autocomplete="off" />
      </label>
      <label>
        Password (optional) <input name="password" type="password" autocomplete="off" />
      </label>
      <label>
        New password, if it is temporary{" "}
        <input name="newPassword" type="password" autocomplete="off" />
      </label>
      <label>
        One-time password, if required <input name="code" inputmode="numeric" autocomplete="off" />
      </label>
      <button type="submit">Sign in</button>
      <Said outcome={outcome} />
    </form>
  );
}
