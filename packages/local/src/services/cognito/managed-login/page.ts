/** The layout, the style and the security headers of every login page. */
import { createHash } from "node:crypto";
import type { Context as Call } from "hono";
import { html, raw } from "hono/html";

/** Escaped HTML. */
export type Html = ReturnType<typeof html>;

/** A page with its status. */
export interface Page {
  readonly title: string;
  readonly content: Html;
  readonly status: 200 | 400 | 403 | 404 | 429 | 500;
  /** The callback URL, which its forms may redirect to beside the pages themselves. */
  readonly leadsTo?: string;
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 22rem; padding: 0 1rem }
h1 { font-size: 1.4rem } label { display: block; margin: 1rem 0 }
input { box-sizing: border-box; display: block; font: inherit; padding: .5rem; width: 100% }
button { font: inherit; margin: .5rem 0; padding: .5rem 1rem } nav a { margin-right: 1rem }
.message { border-left: 4px solid; padding-left: .75rem } code { overflow-wrap: anywhere }
svg { background: #fff; height: auto; width: 100% }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } a { color: #9cf } }
`;

const styleSource = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;

/** Responds with a page. */
export async function show(
  call: Call,
  { title, content, status, leadsTo }: Page,
): Promise<Response> {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
  return call.body(String(await document), status, headersOf(leadsTo));
}

/** Redirects a browser to a page of its domain, or to one of its client's URLs. */
export function redirectTo(call: Call, url: string): Response {
  for (const [name, value] of Object.entries(confined)) call.header(name, value);
  return call.redirect(url, 302);
}

function headersOf(leadsTo: string | undefined): Record<string, string> {
  // Browsers check the redirect that follows a form as well.
  const targets = leadsTo === undefined ? "'self'" : `'self' ${sourceOf(new URL(leadsTo))}`;
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": `default-src 'none'; style-src ${styleSource}; form-action ${targets}; frame-ancestors 'none'; base-uri 'none'`,
    ...confined,
  };
}

/** The headers of pages and of redirects. */
const confined = {
  "cache-control": "no-store",
  // With `no-referrer` browsers would send the forms of these pages with the origin `null`.
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "same-origin",
};

/** A URL as content security policies name it: by its origin, or by its scheme. */
function sourceOf({ origin, protocol }: URL): string {
  return origin === "null" ? protocol : origin;
}

/** A page of one sentence. */
export function plainPage(title: string, text: string, status: Page["status"]): Page {
  return { title, content: html`<p>${text}</p>`, status };
}
