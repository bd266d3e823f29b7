/** The console's page as a whole: while it is hidden, with what it remembers, at odd answers and addresses. */
import { EventEmitter, once } from "node:events";
import type { Browser } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "@secure-lambda/local/listen";
import { openConsole, type ConsolePage } from "../support/console-page.ts";
import type { DeployedApp } from "../support/deployed-app.ts";

export function testPage(browser: () => Browser, urls: () => DeployedApp["urls"]): void {
  let own: ConsolePage;
  beforeEach(async () => {
    own = await openConsole(browser(), urls().console);
  });
  afterEach(() => own.close());

  const press = (name: string) => own.page.getByRole("button", { name, exact: true }).click();

  it("reads no request while it is not seen, and all of them when it is seen again", async () => {
    const { page } = own;
    const setHidden = (isHidden: boolean) =>
      page.evaluate(`
        Object.defineProperty(document, "hidden", { value: ${isHidden}, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"))`);
    await own.show("Requests");
    await fetch(`${urls().api}/while-seen`);
    await own.rows("/while-seen").waitFor();
    const ended = page.waitForEvent("requestfailed", (sent) => sent.url().endsWith("/stream"));
    await setHidden(true);
    await ended;
    await fetch(`${urls().api}/while-hidden`);
    expect(await own.rows("/while-hidden").count()).toBe(0);
    await setHidden(false);
    await expect.poll(() => own.rows("/while-hidden").count()).toBe(1);
  });

  it("reads the requests when it was opened behind another page, and is seen", async () => {
    const { page } = own;
    // Frames, and with them effects, come after the event.
    await page.addInitScript(`
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      const frame = requestAnimationFrame;
      window.requestAnimationFrame = (draw) => frame((time) => {
        if (document.hidden) {
          Object.defineProperty(document, "hidden", { value: false, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        draw(time);
      })`);
    await fetch(`${urls().api}/before-seen`);
    await page.reload();
    await expect.poll(() => own.rows("/before-seen").count()).toBe(1);
  });

  it("asks again only once it is answered", async () => {
    const answers = new EventEmitter();
    let asked = 0;
    await own.page.route("**/_local/api/alarms", async (route) => {
      asked += 1;
      if (asked === 1) await once(answers, "now");
      await route.continue();
    });
    await own.show("Alarms");
    await own.page.evaluate("new Promise((resolve) => setTimeout(resolve, 3_000))");
    expect(asked).toBe(1);
    answers.emit("now");
    await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(1);
  });

  it("reads for no view that was left before it was drawn", async () => {
    await own.show("Metrics");
    // Within one frame.
    await own.page.evaluate(`(async () => {
      const hashes = [...document.querySelectorAll("nav a")].map(({ hash }) => hash);
      for (const hash of [...hashes, location.hash]) {
        location.hash = hash;
        dispatchEvent(new Event("hashchange"));
        for (let turn = 0; turn < 10; turn += 1) await undefined;
      }
    })()`);
    const paths = new Set<string>();
    own.page.on("request", (sent) => paths.add(new URL(sent.url()).pathname));
    for (const _ of ["first", "second"]) await own.page.waitForResponse("**/_local/api/metrics?*");
    expect([...paths]).toEqual(["/_local/api/metrics"]);
  });

  it("does not show a view again that was left while it waited for its answer", async () => {
    const left = new EventEmitter();
    await own.page.route("**/_local/api/faults", async (route) => {
      if (route.request().method() === "POST") await once(left, "left");
      await route.continue();
    });
    await own.show("Faults");
    await press("Begin");
    await own.show("Metrics");
    await own.page.getByText("Data points").first().waitFor();
    const answered = own.page.waitForResponse("**/_local/api/faults");
    left.emit("left");
    await answered.then((response) => response.finished());
    await own.page.evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
    expect(await own.page.locator("main form").count()).toBe(0);
    await own.show("Faults");
    await press("End");
    await own.page.getByText("No fault is in force.").waitFor();
  });

  it("has what was sent again when the user comes back from its request", async () => {
    await own.show("Attack");
    const body = own.page.getByRole("textbox", { name: "Body" });
    await own.page.getByLabel("Route").selectOption("POST /lambda2");
    await body.fill('{"name":"Grace"}');
    await press("Send without a token");
    await own.page.getByText("The response is 401").waitFor();
    await own.page.getByRole("link", { name: "see what each layer did" }).click();
    await own.show("Attack");
    await expect.poll(() => own.page.getByLabel("Route").inputValue()).toBe("POST /lambda2");
    expect(await body.inputValue()).toBe('{"name":"Grace"}');
  });

  describe("with an answer of the API", () => {
    beforeEach(async () => {
      await own.show("Faults");
      await own.page.getByText("No fault is in force.").waitFor();
    });

    it("that refuses what was entered names the field, in words", async () => {
      await own.page.getByRole("textbox", { name: "Call" }).fill("sns:Shout");
      await press("Begin");
      const alert = await own.page.getByRole("alert").innerText();
      expect(alert).toMatch(/^call: There is no such call\. .* Publish,/);
    });

    it("that the page does not know says to reload it", async () => {
      await own.page.route("**/_local/api/faults", (route) =>
        route.fulfill({ json: { faults: 7 } }),
      );
      const alert = own.page.getByRole("alert");
      await expect
        .poll(() => alert.allInnerTexts())
        .toEqual([
          "This page does not understand what the local cloud sent (faults: Invalid input). Reload it.",
        ]);
    });

    it("to another local cloud's session has the page open one, and send it again", async () => {
      let refused = 0;
      await own.page.route("**/_local/api/faults", async (route) => {
        if (route.request().method() !== "POST" || refused > 0) return route.continue();
        refused += 1;
        return route.fulfill({ status: 401, json: { detail: "Send the token." } });
      });
      await press("Begin");
      await own.page.getByText("The fault is in force.").waitFor();
      expect(refused).toBe(1);
      await press("End");
      await own.page.getByText("The fault has ended.").waitFor();
    });
  });

  it("has the data points of a day when they are asked for, from the newest on", async () => {
    const [day, start] = [1_440, Date.parse("2026-11-30T00:00:00Z")];
    const points = Array.from({ length: day }, (_, minute) => [start + 60_000 * minute, minute]);
    const [graph, end] = [
      { dashboard: "app", title: "Calls", statistic: "Sum" },
      start + 60_000 * day,
    ];
    const json = {
      minuteMs: 60_000,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      graphs: [{ ...graph, series: [{ label: "Count", points }] }],
      others: [],
    };
    await own.page.route("**/_local/api/metrics?*", (route) => route.fulfill({ json }));
    await own.show("Metrics");
    const rows = own.page.locator("tbody tr");
    await own.page.getByText("Data points 1440").waitFor();
    expect(await rows.count()).toBe(0);
    await own.page.getByText("Data points 1440").click();
    await expect.poll(() => rows.count()).toBe(20);
    expect(await rows.first().innerText()).toContain("1,439");
  });

  it("shows the requests at an address that is none of its own", async () => {
    await own.page.goto(`${urls().console}#/%`);
    const heading = own.page.getByRole("heading", { level: 1 });
    await expect.poll(() => heading.innerText()).toBe("Requests");
  });

  it("lets no page of another origin read the session's token", async () => {
    const headers = { "content-type": "text/html" };
    const stranger = await listen(() => new Response("<p>Hello", { headers }), 0);
    const page = await browser().newPage();
    await page.goto(`http://127.0.0.1:${stranger.port}/`);
    const read = (url: string) =>
      page.evaluate(`fetch(${JSON.stringify(url)}).then((read) => read.text(), () => "refused")`);
    expect(await read(`${urls().aws}/_local/api/session`)).toBe("refused");
    expect(await read(`http://127.0.0.1:${stranger.port}/`)).toBe("<p>Hello");
    await page.close();
    await stranger.close();
  });
}
