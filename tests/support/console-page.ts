/** The console's page in a browser, and what the browser complains of. */
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import * as z from "zod";

/** An open console. */
export interface ConsolePage {
  readonly page: Page;
  /** Errors and warnings of the browser's console, uncaught errors, and dialogs; none is expected. */
  readonly complaints: readonly string[];
  /** Chooses a view in the navigation. */
  show(view: string): Promise<void>;
  /** The requests in the list whose line has this text. */
  rows(text: string | RegExp): Locator;
  /** Opens a request by its id, which the list finds. */
  open(id: string): Promise<void>;
  /** The whole request that is shown beside the list. */
  readonly detail: Locator;
  close(): Promise<void>;
}

/** Opens the console in a context of its own. */
export async function openConsole(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  const show = (view: string) =>
    page.getByRole("navigation").getByRole("link", { name: view }).click();
  const rows = (text: string | RegExp) => page.locator(".requests a", { hasText: text });
  const detail = page.locator("article", { hasText: "request id" });
  return {
    page,
    complaints,
    show,
    rows,
    async open(id) {
      await show("Requests");
      await page.getByLabel("Text or request id").fill(id);
      await expect.poll(() => rows("").count()).toBe(1);
      await rows("").click();
      await detail.locator("dt:text-is('request id') + dd", { hasText: id }).waitFor();
      await page.getByLabel("Text or request id").fill("");
    },
    detail,
    close: () => context.close(),
  };
}

const resultSchema = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

/** What axe-core finds on the page, as one line each. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = resultSchema.parse(await page.evaluate("axe.run()"));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** The page's own code, which has the DOM: begins a round at the top. */
const beginRound = `
  for (const element of document.querySelectorAll("[data-reached]")) element.removeAttribute("data-reached");
  document.querySelector("a").focus()`;

/** Marks the element that has the focus; says how it shows, or that the round is over. */
const markReached = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return "over";
  if (element.hasAttribute("data-reached")) return "over";
  element.setAttribute("data-reached", "");
  return getComputedStyle(element).outlineStyle === "none" ? element.outerHTML : "seen";
})()`;

const missedElements = `
  [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((element) => element.checkVisibility() && !element.matches(":disabled, [data-reached]"))
    .map((element) => element.outerHTML)`;

/** Presses Tab until a round is over: the stops that show no focus, and what none reached. */
export async function walkByTab(page: Page) {
  await page.evaluate(beginRound);
  const invisible: string[] = [];
  for (let stop = ""; stop !== "over"; await page.keyboard.press("Tab")) {
    stop = String(await page.evaluate(markReached));
    if (stop !== "over" && stop !== "seen") invisible.push(stop);
  }
  return { invisible, missed: await page.evaluate(missedElements) };
}
