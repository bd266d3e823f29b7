/** What an administrator can do with one user. */
import * as z from "zod/mini";
import { send } from "../api.ts";
import { onSubmit, textIn } from "../form.ts";

interface UserActionsProps {
  readonly userPoolId: string;
  readonly hasLoginPages: boolean;
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly status: string;
    readonly isEnabled: boolean;
  };
  readonly act: (action: () => Promise<string>) => Promise<void>;
}

/** Buttons, and a folded form for a password. */
export function UserActions({ userPoolId, hasLoginPages, user, act }: UserActionsProps) {
  const { id, username, status, isEnabled } = user;
  const path = `/users/${encodeURIComponent(userPoolId)}/${encodeURIComponent(id)}`;

  const change = async (body: object, done: string) => {
    await send("POST", path, body, z.unknown());
    return `${username}: ${done}`;
  };

  const setPassword = onSubmit((fields, form) => {
    const permanent = textIn(fields, "permanent") !== "";
    const body = { action: "set-password", password: textIn(fields, "password"), permanent };
    void act(async () => {
      const said = await change(body, "the password is set.");
      form.reset();
      return said;
    });
  });

  const button = (action: string, text: string, done: string) => (
    <button
      type="button"
      aria-label={`${text} ${username}`}
      onClick={() => void act(() => change({ action }, done))}
    >
      {text}
    </button>
  );

  return (
    <div class="filters">
      {isEnabled
        ? button("disable", "Disable", "is disabled, and signed out.")
        : button("enable", "Enable", "is enabled.")}
      {button("sign-out", "Sign out", "is signed out everywhere.")}
      {status === "UNCONFIRMED"
        ? button("confirm", "Confirm", "is confirmed.")
        : button(
            "reset-password",
            "Reset password",
            hasLoginPages
              ? "must choose another password on the login pages, with the code in the mailbox."
              : "must choose another password with the code in the mailbox. This pool has no login pages: set a password here, or use a client of your own.",
          )}
      <details>
        <summary>Set a password</summary>
        <form class="stacked" onSubmit={setPassword}>
          <label>
            New password{" "}
            <input name="password" type="password" required autocomplete="new-password" />
          </label>
          <label class="check">
            <input name="permanent" type="checkbox" /> Permanent: it need not be replaced at the
            next sign-in
          </label>
          <button type="submit" aria-label={`Set the password of ${username}`}>
            Set
          </button>
        </form>
      </details>
    </div>
  );
}
