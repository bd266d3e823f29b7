/** The mailbox as a page and as JSON, and the links in its mails. */
import { Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import { AwsError } from "../aws-protocol/errors.ts";
import { escapeInJson, escapeLines } from "../text/escape.ts";
import type { Mail, Mailbox } from "./mailbox.ts";

/** What the pages are created with. */
export interface MailPagesOptions {
  readonly mailbox: Pick<Mailbox, "list">;
  /** The address of the mailbox. */
  readonly url: () => string;
  /** Confirms a subscription of a topic. @throws AwsError for a token that is not its own */
  readonly confirm: (topicArn: string, token: string) => void;
}

const style = `
  body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem }
  article { border-top: 1px solid; padding: .5rem 0 } h2 { font-size: 1.1rem; margin: 0 }
  pre { font: inherit; overflow-wrap: anywhere; white-space: pre-wrap }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } a { color: #9cf } }
`;

/** The page at `/`, its data at `/mails.json`, and what a link in a mail leads to. */
export function createMailPages({ mailbox, url, confirm }: MailPagesOptions): Hono {
  const linkOf = ({ confirmation }: Mail): string | undefined =>
    confirmation && `${url()}/confirm?${String(new URLSearchParams({ ...confirmation }))}`;

  return new Hono()
    .use(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          styleSrc: ["'unsafe-inline'"],
          frameAncestors: ["'none'"],
        },
      }),
    )
    .use(async (call, next) => {
      await next();
      call.header("cache-control", "no-store");
    })
    .get("/mails.json", (call) => {
      const mails = mailbox.list().map((mail) => asJson(mail, linkOf(mail)));
      const headers = { "Content-Type": "application/json" };
      return call.body(escapeInJson(JSON.stringify(mails)), { headers });
    })
    .get("/confirm", (call) => {
      const { topicArn = "", token = "" } = call.req.query();
      try {
        confirm(topicArn, token);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return call.text("This link is invalid or has expired.\n", 400);
      }
      return call.text("The subscription is confirmed.\n");
    })
    .get("/", async (call) => {
      const articles = mailbox.list().map((mail) => article(mail, linkOf(mail)));
      const page = html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Mailbox of the local cloud</title>
            <style>
              ${style}
            </style>
          </head>
          <body>
            <h1>Mailbox</h1>
            <p>What Cognito and SNS would mail, the newest first.</p>
            ${articles}
          </body>
        </html>`;
      return call.html(escapeLines(String(await page)));
    });
}

function article(mail: Mail, link: string | undefined) {
  return html`<article>
    <h2>${mail.subject}</h2>
    <div>${new Date(mail.timestamp).toISOString()}, from ${mail.from} to ${mail.to}</div>
    <pre>${mail.text}</pre>
    ${link === undefined ? "" : html`<a href="${link}">Confirm subscription</a>`}
  </article>`;
}

function asJson({ timestamp, from, to, subject, text, code }: Mail, link: string | undefined) {
  return { time: new Date(timestamp).toISOString(), from, to, subject, text, code, link };
}
