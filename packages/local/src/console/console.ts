/** The console: a page on which each request can be watched, and what its tables show as JSON. */
import { Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import { localPaths } from "../local-paths.ts";
import { escapeInJson } from "../text/escape.ts";
import type { Bundle } from "./bundle.ts";
import type { Overview } from "./overview.ts";

/** What the console is created with. */
export interface ConsoleOptions {
  readonly overview: () => Overview;
  /** The page's script and style. */
  readonly bundle: () => Promise<Bundle>;
}

const page = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>Local cloud</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="${localPaths.console}/page.css" />
      <script type="module" src="${localPaths.console}/page.js"></script>
    </head>
    <body>
      <div id="page"></div>
      <noscript>The console needs JavaScript.</noscript>
    </body>
  </html>`;

/** The page at `/`, and its data at `/overview.json`, which moves no terminal that prints it. */
export function createConsole({ overview, bundle }: ConsoleOptions): Hono {
  return new Hono()
    .use(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          connectSrc: ["'self'"],
          frameAncestors: ["'none'"],
          imgSrc: ["data:"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
        },
      }),
    )
    .get("/", (c) => c.html(page))
    .get("/page.js", async (c) => {
      const { script } = await bundle();
      return c.body(script, { headers: { "Content-Type": "text/javascript; charset=utf-8" } });
    })
    .get("/page.css", async (c) => {
      const { style } = await bundle();
      return c.body(style, { headers: { "Content-Type": "text/css; charset=utf-8" } });
    })
    .get("/overview.json", (c) =>
      c.body(escapeInJson(JSON.stringify(overview())), {
        headers: { "Content-Type": "application/json" },
      }),
    );
}
