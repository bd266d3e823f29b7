/** As much of a browser as the page uses: the elements of index.html, a tab, and a network. */
import fs from "node:fs";
import { vi } from "vitest";

/** An element: what the page sets of it, and its listeners. */
class FakeElement {
  hidden = false;
  value = "";
  textContent = "";
  children: FakeElement[] = [];
  readonly #listeners = new Map<string, (event: { preventDefault(): void }) => void>();

  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void {
    this.#listeners.set(type, listener);
  }

  /** What its user does; the page must keep the browser from doing more. */
  fire(type: string): void {
    this.#listeners.get(type)?.({ preventDefault: () => undefined });
  }

  /** A select shows its first option. */
  append(...children: FakeElement[]): void {
    this.children.push(...children);
    this.value ||= children[0]?.value ?? "";
  }

  replaceChildren(...children: FakeElement[]): void {
    this.children = children;
  }

  set innerHTML(_: string) {
    throw new Error("A page that sets innerHTML takes others' texts for HTML.");
  }
}

/** The classes of elements, by tag. */
const classes = {
  button: class HTMLButtonElement extends FakeElement {},
  div: class HTMLDivElement extends FakeElement {},
  fieldset: class HTMLFieldSetElement extends FakeElement {},
  form: class HTMLFormElement extends FakeElement {},
  input: class HTMLInputElement extends FakeElement {},
  p: class HTMLParagraphElement extends FakeElement {},
  select: class HTMLSelectElement extends FakeElement {},
};
const classOf = (tag = "") => new Map(Object.entries(classes)).get(tag) ?? FakeElement;

let pages = 0;

/** The page, opened with this query, in a tab whose requests `answer` gets. */
export async function openPage(
  answer: (request: Request) => Response | Promise<Response>,
  { query = "", stored = new Map<string, string>() } = {},
) {
  const html = fs.readFileSync("examples/web/index.html", "utf8");
  const elements = new Map(
    [...html.matchAll(/<(\w+)\s[^>]*?\bid="([\w-]+)"([^>]*)>/g)].map(
      ([, tag, id = "", rest = ""]) => {
        const element = new (classOf(tag))();
        element.hidden = /\bhidden\b/.test(rest);
        return [id, element];
      },
    ),
  );
  const address = new URL(`http://localhost:8080/${query}`);
  const visited: string[] = [];
  const globals = {
    ...Object.fromEntries(Object.values(classes).map((type) => [type.name, type])),
    HTMLElement: FakeElement,
    Option: class extends FakeElement {
      constructor(text: string, value: string) {
        super();
        Object.assign(this, { textContent: text, value });
      }
    },
    document: {
      getElementById: (id: string) => elements.get(id) ?? null,
      createElement: () => new FakeElement(),
    },
    location: {
      origin: address.origin,
      pathname: address.pathname,
      search: address.search,
      assign: (url: URL) => visited.push(url.href),
    },
    history: { replaceState: (_state: unknown, _title: string, url: string) => visited.push(url) },
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    },
    // A browser's own would take relative addresses.
    fetch: async (input: string | URL, init?: RequestInit) =>
      answer(new Request(new URL(input, address), init)),
  };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  pages += 1;
  await import(new URL(`../../../examples/web/app.js?${pages}`, import.meta.url).href);

  const element = (id: string) => {
    const found = elements.get(id);
    if (found === undefined) throw new Error(`index.html has no ${id}.`);
    return found;
  };
  return {
    /** Where the page went, and what it wrote into the address bar, the latest last. */
    visited,
    stored,
    element,
    fill: (id: string, value: string) => void (element(id).value = value),
    submit: (id: string) => element(id).fire("submit"),
    click: (id: string) => element(id).fire("click"),
    /** The texts that an element shows. */
    shown: (id: string) => {
      const { textContent, children } = element(id);
      return [textContent, ...children.map((child) => child.textContent)].filter(Boolean);
    },
    isSignedIn: () => !element("signed-in").hidden && element("sign-in").hidden,
  };
}
