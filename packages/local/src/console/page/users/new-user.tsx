/** A form for a new user. */
import * as z from "zod/mini";
import { messageOf, send } from "../api.ts";
import { textIn } from "../form-text.ts";

interface NewUserProps {
  readonly userPoolId: string;
  readonly pool: string;
  readonly onDone: (said: string) => void;
}

/** The form; without a password the user is mailed a temporary one. */
export function NewUser({ userPoolId, pool, onDone }: NewUserProps) {
  const submit = async (event: Event) => {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    const form = new FormData(target);
    const [username, password] = [textIn(form, "username"), textIn(form, "password")];
    const body = { userPoolId, username, ...(password !== "" && { password }) };
    try {
      await send("POST", "/users", body, z.unknown());
      onDone(
        password === ""
          ? "The user is created; the temporary password is in the mailbox."
          : "The user is created.",
      );
      target.reset();
    } catch (error) {
      onDone(messageOf(error));
    }
  };

  return (
    <form class="filters" onSubmit={(event: Event) => void submit(event)}>
      <input
        name="username"
        required
        autocomplete="off"
        aria-label={`New user of ${pool}`}
        placeholder="e-mail address"
      />
      <input
        name="password"
        type="password"
        autocomplete="new-password"
        aria-label="Password (optional)"
        placeholder="password (optional)"
      />
      <button type="submit">Create</button>
    </form>
  );
}
