/** A page that shows what is deployed to the local cloud and what the firewall has counted. */
import { Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";

/** What the page shows. */
export interface Overview {
  readonly stages: readonly { readonly name: string; readonly resources: number }[];
  readonly routes: readonly {
    readonly method: string;
    readonly url: string;
    readonly authorizer: string;
  }[];
  readonly rules: readonly {
    readonly name: string;
    readonly allowed: number;
    readonly blocked: number;
    readonly counted: number;
  }[];
  readonly logGroups: readonly { readonly name: string; readonly lines: readonly string[] }[];
}

const style = `
  body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
  table { border-collapse: collapse; margin-bottom: 2rem } td, th { padding: .2rem 1.5rem .2rem 0; text-align: left }
  pre { background: #f4f4f4; padding: .5rem; overflow-x: auto } h2 { font-size: 1.1rem }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } pre { background: #222 } }
`;

/** The page at `/` and its data at `/overview.json`. */
export function createConsole(overview: () => Overview): Hono {
  return new Hono()
    .use(
      secureHeaders({
        contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"] },
      }),
    )
    .get("/overview.json", (c) => c.json(overview()))
    .get("/", (c) => c.html(page(overview())));
}

function page({ stages, routes, rules, logGroups }: Overview) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>local cloud</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <h1>Local cloud</h1>
        ${table(
          "Stages",
          ["stage", "resources"],
          stages.map(({ name, resources }) => [name, resources]),
        )}
        ${table(
          "Routes",
          ["method", "address", "authorizer"],
          routes.map((r) => [r.method, r.url, r.authorizer]),
        )}
        ${table(
          "Firewall",
          ["rule", "allowed", "blocked", "counted"],
          rules.map((r) => [r.name, r.allowed, r.blocked, r.counted]),
        )}
        ${logGroups.map(
          ({ name, lines }) =>
            html`<h2>${name}</h2>
              <pre>${lines.join("\n")}</pre>`,
        )}
      </body>
    </html>`;
}

function table(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
) {
  return html`<h2>${title}</h2>
    <table>
      <tr>
        ${heads.map((head) => html`<th>${head}</th>`)}
      </tr>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </table>`;
}
