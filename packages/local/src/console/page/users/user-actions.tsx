/** What an administrator can do with one user. */
import * as z from "zod/mini";
import { messageOf, send } from "../api.ts";
import { textIn } from "../form-text.ts";

interface UserActionsProps {
  readonly userPoolId: string;
  readonly hasLoginPages: boolean;
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly status: string;
    readonly isEnabled: boolean;
  };
  readonly onDone: (said: string) => void;
}

/** Buttons, and a folded form for a password. */
export function UserActions({ userPoolId, hasLoginPages, user, onDone }: UserActionsProps) {
  const { id, username, status, isEnabled } = user;
  const path = `/users/${encodeURIComponent(userPoolId)}/${encodeURIComponent(id)}`;

  const change = async (body: object, done: string) => {
    try {
      await send("POST", path, body, z.unknown());
      onDone(`${username}: ${done}`);
    } catch (error) {
      onDone(messageOf(error));
    }
  };

  const setPassword = (event: Event) => {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    const form = new FormData(target);
    const permanent = textIn(form, "permanent") !== "";
    const body = { action: "set-password", password: textIn(form, "password"), permanent };
    target.reset();
    void change(body, "the password is set.");
  };

  const button = (action: string, text: string, done: string) => (
    <button
      type="button"
      aria-label={`${text} ${username}`}
      onClick={() => void change({ action }, done)}
    >
      {text}
    </button>
  );

  return (
    <div class="filters">
      {status === "UNCONFIRMED" ? button("confirm", "Confirm", "is confirmed.") : null}
      {isEnabled
        ? button("disable", "Disable", "is disabled, and signed out.")
        : button("enable", "Enable", "is enabled.")}
      {button("sign-out", "Sign out", "is signed out everywhere.")}
      {button(
        "reset-password",
        "Reset password",
        hasLoginPages
          ? "must choose another password on the login pages, with the code in the mailbox."
          : "must choose another password with the code in the mailbox. This pool has no login pages: set a password here, or use a client of your own.",
      )}
      <details>
        <summary>Set a password</summary>
        <form class="stacked" onSubmit={setPassword}>
          <input
            name="password"
            type="password"
            required
            autocomplete="new-password"
            aria-label={`New password of ${username}`}
          />
          <label class="check">
            <input name="permanent" type="checkbox" /> permanent
          </label>
          <button type="submit">Set</button>
        </form>
      </details>
    </div>
  );
}
