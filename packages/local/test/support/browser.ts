/** As much of a browser as the login pages need: cookies by their paths, forms, and redirects. */
import { present } from "./present.ts";

/** A form of a page: where it is sent, and the values that its fields have. */
export interface PageForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A page, or the callback of a client, to which the browser was led and whose server is none of ours. */
export interface Visited {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** What a user can read. */
  readonly text: string;
  readonly forms: readonly PageForm[];
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

export type Browser = ReturnType<typeof openBrowser>;

/** Opens a browser without cookies; it follows redirects within `origin`. */
export function openBrowser(origin: string) {
  const cookies = new Map<string, Cookie>();

  function keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /Path=([^;]+)/i.exec(line)?.[1] ?? "/";
      if (/Max-Age=0(?:;|$)/i.test(line)) cookies.delete(name);
      else cookies.set(name, { value, path });
    }
  }

  async function visit(address: string | URL, init: RequestInit = {}): Promise<Visited> {
    const url = new URL(address, origin);
    if (url.origin !== origin) return elsewhere(url);
    const sent = [...cookies]
      .filter(([, { path }]) => `${url.pathname}/`.startsWith(`${path}/`))
      .map(([name, { value }]) => `${name}=${value}`);
    const headers = { ...Object.fromEntries(new Headers(init.headers)), cookie: sent.join("; ") };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    keep(response.headers);
    const html = await response.text();
    const location = response.headers.get("location");
    if (location !== null) return visit(new URL(location, url));
    const { status, headers: answered } = response;
    return { url, status, headers: answered, html, text: textOf(html), forms: formsOf(html) };
  }

  return {
    cookies,
    visit,

    /** Sends the form whose address ends so, as the browser of its user does. */
    submit(page: Visited, to: string, fields: Readonly<Record<string, string>>, headers = {}) {
      const form = present(
        page.forms.find(({ action }) => action.split("?")[0]?.endsWith(`/${to}`)),
      );
      return visit(new URL(form.action, page.url), {
        method: "POST",
        headers: { origin, "sec-fetch-site": "same-origin", ...headers },
        body: new URLSearchParams({ ...form.fields, ...fields }),
      });
    },
  };
}

function elsewhere(url: URL): Visited {
  return { url, status: 0, headers: new Headers(), html: "", text: "", forms: [] };
}

function textOf(html: string): string {
  const body = html.replaceAll(/<style>[\s\S]*?<\/style>/g, "").replaceAll(/<[^>]*>/g, " ");
  return unescape(body).replaceAll(/\s+/g, " ").trim();
}

function formsOf(html: string): PageForm[] {
  return [...html.matchAll(/<form method="post" action="([^"]*)">([\s\S]*?)<\/form>/g)].map(
    ([, action = "", inner = ""]) => ({
      action: unescape(action),
      fields: Object.fromEntries(
        [...inner.matchAll(/<input\s([\s\S]*?)\/?>/g)].map(([, attributes = ""]) => [
          attribute(attributes, "name"),
          attribute(attributes, "value"),
        ]),
      ),
    }),
  );
}

function attribute(attributes: string, name: string): string {
  return unescape(new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
}

function unescape(text: string): string {
  const characters = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
  return text.replaceAll(
    /&(?:lt|gt|quot|#39|amp);/g,
    (entity) => new Map(Object.entries(characters)).get(entity) ?? entity,
  );
}
