/** The login pages of a visit. None reveals whether a user exists. */
import { html } from "hono/html";
import type { StartingPoint } from "../oauth/starting-points.ts";
import { signsInByEmail } from "../users.ts";
import type { Page } from "./page.ts";
import { qrCode } from "./qr-code.ts";
import { formPage, type Field, type Visit } from "./visit.ts";

/** What a page shows of the attempt before. */
export interface Earlier {
  readonly message?: string | undefined;
  readonly status?: Page["status"];
  readonly username?: string | undefined;
}

const password: Field = {
  name: "password",
  label: "Password",
  type: "password",
  autocomplete: "current-password",
};
const newPassword: Field = { ...password, label: "New password", autocomplete: "new-password" };
const code: Field = {
  name: "code",
  label: "Code",
  autocomplete: "one-time-code",
  isNumber: true,
};

/** What the user signs in with. */
function nameField({ request: { pool } }: Visit, value: string | undefined): Field {
  const isEmail = signsInByEmail(pool);
  const label = isEmail ? "E-mail" : "Username";
  return {
    name: "username",
    label,
    type: isEmail ? "email" : "text",
    autocomplete: "username",
    value,
  };
}

/** The app clients of a domain, to choose from. */
export function startPage(path: string, points: readonly StartingPoint[]): Page {
  const content = html`<ul>
    ${points.map(
      ({ client, search }) => html`<li><a href="${path}/login${search}">${client}</a></li>`,
    )}
  </ul>`;
  return { title: "Sign in to", content, status: 200 };
}

export function signInPage(visit: Visit, { username, ...shown }: Earlier = {}): Page {
  const { loginHint, pool } = visit.request;
  const signUp = pool.settings.allowAdminCreateUserOnly
    ? []
    : [["signup", "Create an account"] as const];
  return formPage(visit, {
    ...shown,
    title: "Sign in",
    forms: [
      {
        to: "login",
        button: "Sign in",
        fields: [nameField(visit, username ?? loginHint), password],
      },
    ],
    links: [["forgotPassword", "Forgot your password?"], ...signUp],
  });
}

export function signUpPage(visit: Visit, { username, ...shown }: Earlier = {}): Page {
  const email: Field = { name: "email", label: "E-mail", type: "email", autocomplete: "email" };
  const fields = [nameField(visit, username), ...(asksForEmail(visit) ? [email] : []), newPassword];
  return formPage(visit, {
    ...shown,
    title: "Create an account",
    forms: [{ to: "signup", button: "Create the account", fields }],
    links: [["login", "Sign in"]],
  });
}

/** Whether a sign-up needs an address beside the name, to send the code to. */
function asksForEmail({ request: { pool } }: Visit): boolean {
  return !signsInByEmail(pool) && pool.settings.autoVerifiedAttributes.includes("email");
}

export function confirmPage(visit: Visit, { username = "", ...shown }: Earlier = {}): Page {
  const resend = { to: "resendcode", button: "Send another code", hidden: { username } };
  return formPage(visit, {
    ...shown,
    title: "Confirm your account",
    forms: [
      { to: "confirm", button: "Confirm", fields: [nameField(visit, username), code] },
      ...(username === "" ? [] : [resend]),
    ],
    links: [["login", "Sign in"]],
  });
}

export function forgotPasswordPage(visit: Visit, { username, ...shown }: Earlier = {}): Page {
  return formPage(visit, {
    ...shown,
    title: "Forgot your password?",
    forms: [{ to: "forgotPassword", button: "Send a code", fields: [nameField(visit, username)] }],
    links: [["login", "Sign in"]],
  });
}

export function resetPasswordPage(visit: Visit, { username, ...shown }: Earlier = {}): Page {
  const fields = [nameField(visit, username), code, newPassword];
  return formPage(visit, {
    ...shown,
    title: "Set a new password",
    forms: [{ to: "confirmForgotPassword", button: "Set the password", fields }],
    links: [["forgotPassword", "Send another code"]],
  });
}

/** A challenge of the sign-in: its user, and the session that the response is sent with. */
export interface Asked {
  readonly username: string;
  readonly session: string;
}

const startAgain = [["login", "Start again"]] as const;

export function newPasswordPage(
  visit: Visit,
  { username, session }: Asked,
  shown: Earlier = {},
): Page {
  return formPage(visit, {
    message: "Your password is temporary.",
    ...shown,
    title: "Choose a password",
    forms: [
      {
        to: "newPassword",
        button: "Set the password",
        fields: [newPassword],
        hidden: { username, session },
      },
    ],
    links: startAgain,
  });
}

export function oneTimePasswordPage(
  visit: Visit,
  { username, session }: Asked,
  shown: Earlier = {},
): Page {
  return formPage(visit, {
    ...shown,
    title: "Enter the code",
    above: html`<p>Your authenticator app shows it.</p>`,
    forms: [{ to: "mfa", button: "Sign in", fields: [code], hidden: { username, session } }],
    links: startAgain,
  });
}

/** Shows the secret of an authenticator, as a QR code and as text. */
export function setUpPage(
  visit: Visit,
  { username, session, secret, account }: Asked & { secret: string; account: string },
  shown: Earlier = {},
): Page {
  const [issuer, user] = [visit.request.pool.settings.name, account].map(encodeURIComponent);
  const uri = `otpauth://totp/${issuer}:${user}?secret=${secret}&issuer=${issuer}`;
  return formPage(visit, {
    ...shown,
    title: "Set up an authenticator",
    above: html`<p>Scan this with an authenticator app, or type the key into it.</p>
      ${qrCode(uri)}
      <p>Key: <code>${secret}</code></p>`,
    forms: [{ to: "mfa/setup", button: "Continue", fields: [code], hidden: { username, session } }],
    links: startAgain,
  });
}
