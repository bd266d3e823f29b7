/** A visit to a login page: its authorization request, and the forms of its pages. */
import { html } from "hono/html";
import type { Owner } from "../model.ts";
import type { AuthorizationRequest } from "../oauth/authorization-request.ts";
import type { Html, Page } from "./page.ts";

/** What the pages of one visit know. */
export interface Visit {
  readonly request: AuthorizationRequest;
  /** The path of the domain, without a slash at its end. */
  readonly path: string;
  /** The query of the request, which leads from page to page. */
  readonly search: string;
  readonly formToken: string;
}

/** A field that the user fills in. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: "email" | "password" | "text";
  readonly autocomplete: string;
  readonly value?: string | undefined;
  /** For codes: digits on a phone's keyboard. */
  readonly isNumber?: boolean;
}

/** A form that sends its fields to one of the pages. */
export interface Form {
  readonly to: string;
  readonly button: string;
  readonly fields?: readonly Field[];
  /** What it sends besides. */
  readonly hidden?: Readonly<Record<string, string>>;
}

/** A page of forms; `message` is the result of the form before, with the status 400 for an error. */
export function formPage(
  { request, path, search, formToken }: Visit,
  args: {
    readonly title: string;
    readonly message?: string | undefined;
    readonly status?: Page["status"];
    readonly above?: Html;
    readonly forms: readonly Form[];
    readonly links?: readonly (readonly [to: string, text: string])[];
  },
): Page {
  const { title, message = "", status = 200, above = "", forms, links = [] } = args;
  const content = html`
    ${message === "" ? "" : html`<p class="message" role="status">${message}</p>`} ${above}
    ${forms.map(
      ({ to, button, fields = [], hidden = {} }) =>
        html`<form method="post" action="${path}/${to}${search}">
          ${Object.entries({ csrf: formToken, ...hidden }).map(
            ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
          )}
          ${fields.map(inputOf)}
          <button>${button}</button>
        </form>`,
    )}
    <nav>${links.map(([to, text]) => html`<a href="${path}/${to}${search}">${text}</a> `)}</nav>
  `;
  return { title, content, status, leadsTo: request.redirectUri };
}

function inputOf({ name, label, type = "text", autocomplete, value = "", isNumber }: Field): Html {
  return html`<label
    >${label}
    <input
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      inputmode="${isNumber === true ? "numeric" : "text"}"
      value="${value}"
      maxlength="${type === "password" ? 256 : 128}"
      required
  /></label>`;
}

/**
 * The client and pool of a visit, for the functions of the API's operations. The pages never
 * reveal whether a user exists, whatever the client's own setting; and they need no client secret,
 * since they are Cognito's own.
 */
export function ownerOf({ request: { pool, client } }: Visit): Owner {
  const settings = { ...client.settings, preventUserExistenceErrors: "ENABLED" as const };
  return { pool, client: { ...client, secret: undefined, settings } };
}
