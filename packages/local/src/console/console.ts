/** A page that shows what is deployed to the local cloud, its alarms, and what the firewall has done. */
import { Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import { escapeInJson, escapeLines } from "../text/escape.ts";
import type { Overview } from "./overview.ts";
import { table } from "./table.ts";

const style = `
  body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
  table { border-collapse: collapse; margin-bottom: 2rem } td, th { padding: .2rem 1.5rem .2rem 0; text-align: left }
  td { overflow-wrap: anywhere; vertical-align: top } td.number { text-align: right; font-variant-numeric: tabular-nums }
  pre { background: #f4f4f4; padding: .5rem; overflow-x: auto } h2 { font-size: 1.1rem }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } pre { background: #222 } }
`;

/** The page at `/` and its data at `/overview.json`; neither moves a terminal that prints it. */
export function createConsole(overview: () => Overview): Hono {
  return new Hono()
    .use(
      secureHeaders({
        contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"] },
      }),
    )
    .get("/overview.json", (c) =>
      c.body(escapeInJson(JSON.stringify(overview())), {
        headers: { "Content-Type": "application/json" },
      }),
    )
    .get("/", async (c) => c.html(escapeLines(String(await page(overview())))));
}

function page({ stages, routes, alarms, firewalls, logGroups }: Overview) {
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
          "Alarms",
          ["name", "state", "since", "reason"],
          alarms.map(({ name, state, since, reason }) => [name, state, since, reason]),
        )}
        ${firewalls.map((firewall) => firewallTables(firewall))}
        ${logGroups.map(
          ({ name, lines }) =>
            html`<h2>${name}</h2>
              <pre>${lines.join("\n")}</pre>`,
        )}
      </body>
    </html>`;
}

function firewallTables({ name, rules, samples }: Overview["firewalls"][number]) {
  return html`${table(
    `Firewall ${name}: what its rules did`,
    ["rule", "rule of the group", "allowed", "blocked", "counted"],
    rules.map((r) => [r.rule, r.groupRule, r.allowed, r.blocked, r.counted]),
  )}
  ${table(
    `Firewall ${name}: requests sampled, newest first`,
    ["time", "rule", "rule of the group", "action", "address", "method", "path", "query"],
    samples.map(({ time, rule, groupRule = "", action, request }) => [
      time,
      rule,
      groupRule,
      action,
      request.clientIp,
      request.httpMethod,
      request.uri,
      request.args,
    ]),
  )}`;
}
