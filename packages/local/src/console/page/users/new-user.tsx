/** A form for a new user. */
import * as z from "zod/mini";
import { send } from "../api.ts";
import { onSubmit, textIn } from "../form.ts";

interface NewUserProps {
  readonly userPoolId: string;
  readonly pool: string;
  readonly act: (action: () => Promise<string>) => Promise<void>;
}

/** The form; without a password the user is mailed a temporary one. */
export function NewUser({ userPoolId, pool, act }: NewUserProps) {
  const submit = onSubmit((fields, form) => {
    const [username, password] = [textIn(fields, "username"), textIn(fields, "password")];
    const body = { userPoolId, username, ...(password !== "" && { password }) };
    void act(async () => {
      await send("POST", "/users", body, z.unknown());
      form.reset();
      return password === ""
        ? "The user is created; the temporary password is in the mailbox."
        : "The user is created.";
    });
  });

  return (
    <form class="fields" aria-label={`New user of ${pool}`} onSubmit={submit}>
      <label>
        New user's name or e-mail address <input name="username" required autocomplete="off" />
      </label>
      <label>
        Password (optional) <input name="password" type="password" autocomplete="new-password" />
      </label>
      <button type="submit">Create</button>
    </form>
  );
}
