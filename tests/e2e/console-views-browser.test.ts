/** Every view of the console in a browser: accessibility in both themes and widths, motion, keyboard. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeApi } from "../../scripts/openapi/document.ts";
import { startChromium } from "../../scripts/support/chromium.ts";
import { openConsole, violationsOn, walkByTab, type ConsolePage } from "../support/console-page.ts";
import { deployApp, type DeployedApp } from "../support/deployed-app.ts";

let browser: Browser;
let app: DeployedApp;
let shown: ConsolePage;
beforeAll(async () => {
  const apiDocument = describeApi();
  [browser, app] = await Promise.all([startChromium(), deployApp({ apiDocument })]);
  await app.post("/lambda1", { body: {} });
  shown = await openConsole(browser, app.urls.console);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const views = () => shown.page.getByRole("navigation").getByRole("link").allInnerTexts();

it("a request that is chosen far down in the list is shown beside it", async () => {
  for (let sent = 0; sent < 30; sent += 1) await app.post("/lambda1", { body: {} });
  const own = await openConsole(browser, app.urls.console);
  const oldest = own.rows("").nth(29);
  await oldest.click();
  await own.page.locator("h2:focus").waitFor();
  const isInSight = "({ top, bottom }) => top >= 0 && top < innerHeight";
  const inSight = (selector: string) =>
    own.page.evaluate(
      `(${isInSight})(document.querySelector("${selector}").getBoundingClientRect())`,
    );
  expect(await inSight(".requests a[aria-current]")).toBe(true);
  expect(await inSight("article h2")).toBe(true);
  await own.close();
});

describe("every view", () => {
  it.each([
    ["light", 1280],
    ["light", 390],
    ["dark", 1280],
    ["dark", 390],
  ] as const)("has no violation that axe-core finds, in %s, %i px wide", async (theme, width) => {
    const viewport = { width, height: 900 };
    const themed = await openConsole(browser, app.urls.console, { colorScheme: theme, viewport });
    for (const view of await views()) {
      await themed.show(view);
      await themed.page.getByRole("heading", { level: 1, name: view }).waitFor();
      expect([view, await violationsOn(themed.page)]).toEqual([view, []]);
      const overflow = "document.documentElement.scrollWidth - innerWidth";
      expect([view, await themed.page.evaluate(overflow)]).toEqual([view, 0]);
    }
    expect(themed.complaints).toEqual([]);
    await themed.close();
  });

  it("shows only the error where nothing can be read", async () => {
    const failing = await openConsole(browser, app.urls.console);
    await failing.page.route("**/_local/api/**", (route) =>
      route.request().url().endsWith("/session")
        ? route.continue()
        : route.fulfill({ status: 500, json: { detail: "It is broken." } }),
    );
    // The stream of requests is open already.
    await failing.page.reload();
    for (const view of await views()) {
      await failing.show(view);
      await failing.page.getByRole("alert").first().waitFor();
      expect([view, await failing.page.locator(".none").allInnerTexts()]).toEqual([view, []]);
    }
    await failing.close();
  });

  it("does not move where less motion is asked for", async () => {
    const calm = await openConsole(browser, app.urls.console, { reducedMotion: "reduce" });
    const moving = "[...document.querySelectorAll('*')].flatMap((one) => one.getAnimations())";
    await app.post("/lambda1", { body: {} });
    await calm.page.locator(".picture .wide .passed").first().waitFor();
    expect(await calm.page.evaluate(`${moving}.length`)).toBe(0);
    const duration = "getComputedStyle(document.querySelector('.part rect')).transitionDuration";
    expect(await calm.page.evaluate(duration)).toBe("0s");
    await calm.close();
  });

  it("is worked by the keyboard, with the focus in sight", async () => {
    for (const view of await views()) {
      await shown.page.getByRole("link", { name: view, exact: true }).focus();
      await shown.page.keyboard.press("Enter");
      await shown.page.locator("h1:focus", { hasText: view }).waitFor();
      expect([view, await walkByTab(shown.page)]).toEqual([view, { invisible: [], missed: [] }]);
    }
    await shown.show("Requests");
    await shown.rows("").first().focus();
    await shown.page.keyboard.press("Enter");
    await shown.page.locator("h2:focus").waitFor();
  });
});
