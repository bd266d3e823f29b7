/** The console: a page that shows what the API of the console has. */
import { Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import { localPaths } from "../local-paths.ts";
import type { Bundle } from "./bundle.ts";

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

/** The page at `/`, with its script and its style. */
export function createConsole(bundle: () => Promise<Bundle>): Hono {
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
    });
}
