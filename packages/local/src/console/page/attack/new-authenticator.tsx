/** Registers the authenticator that a user pool requires, at the user's first sign-in. */
import { onSubmit, textIn } from "../form.ts";
import { Said, type Outcome } from "../said.tsx";

interface NewAuthenticatorProps {
  readonly username: string;
  readonly secret: string;
  /** Whether the sign-in has replaced a temporary password. */
  readonly isPasswordReplaced: boolean;
  /** What came of the last code. */
  readonly outcome: Outcome;
  readonly onCode: (code: string) => void;
  readonly onCancel: () => void;
}

/** The secret to add to an authenticator, and a form for the code that it shows. */
export function NewAuthenticator(props: NewAuthenticatorProps) {
  const { username, secret, isPasswordReplaced, outcome, onCode, onCancel } = props;
  return (
    <form class="filters" onSubmit={onSubmit((fields) => onCode(textIn(fields, "code")))}>
      <p>
        {isPasswordReplaced ? "The new password is set. " : ""}
        {username} needs an authenticator. Add this secret to one: <code>{secret}</code>
      </p>
      <input
        name="code"
        required
        inputmode="numeric"
        autocomplete="off"
        aria-label="The code that it shows"
        placeholder="the code that it shows"
      />
      <button type="submit">Register</button>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
      <Said outcome={outcome} />
    </form>
  );
}
