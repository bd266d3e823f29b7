/** Registers the authenticator that a user pool requires, at the user's first sign-in. */
import { useEffect, useRef } from "hono/jsx/dom";
import { textIn } from "../form-text.ts";

interface NewAuthenticatorProps {
  readonly username: string;
  readonly secret: string;
  /** What came of the last code. */
  readonly said: string;
  readonly onCode: (code: string) => void;
  readonly onCancel: () => void;
}

/** The secret to add to an authenticator, and a form for the code that it shows. */
export function NewAuthenticator(props: NewAuthenticatorProps) {
  const { username, secret, said, onCode, onCancel } = props;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const submit = (event: Event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    onCode(textIn(new FormData(event.target), "code"));
  };

  return (
    <form class="filters" onSubmit={submit}>
      <p>
        {username} needs an authenticator. Add this secret to one: <code>{secret}</code>
      </p>
      <input
        ref={field}
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
      <span role="status">{said}</span>
    </form>
  );
}
