/** The console in a browser: requests watched, found, filtered and replayed, faults, and dead letters. */
import { request } from "node:http";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { appName } from "@secure-lambda/functions/contract";
import { openAws } from "../support/aws-clients.ts";
import { startChromium } from "../../scripts/support/chromium.ts";
import { openConsole, violationsOn, type ConsolePage } from "../support/console-page.ts";
import { deployApp, type DeployedApp } from "../support/deployed-app.ts";
import { testPage } from "./console-whole-page.ts";

let browser: Browser;
let app: DeployedApp;
let shown: ConsolePage;
beforeAll(async () => {
  [browser, app] = await Promise.all([startChromium(), deployApp()]);
  shown = await openConsole(browser, app.urls.console);
});
afterEach(() => {
  if (shown.complaints.length > 0) throw new Error(shown.complaints.join("\n"));
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const press = (name: string) => shown.page.getByRole("button", { name, exact: true }).click();
const idOf = (response: Response) => response.headers.get("x-amzn-requestid") ?? "";

async function greet(name: string, pool: 1 | 2 = 1): Promise<Response> {
  const authorization = `Bearer ${await app.token(pool)}`;
  return app.post(`/lambda${pool}`, { authorization, body: { name } });
}

const steps = () => shown.detail.locator(".waterfall li");

describe("a request", () => {
  it("comes live, and has every layer that it passed", async () => {
    const before = await shown.rows("200POST").count();
    const ids = [idOf(await greet("Ada Lovelace", 1)), idOf(await greet("Grace Hopper", 2))];
    await expect.poll(() => shown.rows("200POST").count()).toBe(before + 2);
    for (const id of ids) {
      await shown.open(id);
      const layers = ["firewall", "authorizer", "throttle", "validation", "function", "delivery"];
      for (const layer of layers) {
        await shown.detail
          .locator(".waterfall .passed .layer", { hasText: layer })
          .first()
          .waitFor();
      }
      expect(await shown.detail.locator(".waterfall .refused, .waterfall .failed").count()).toBe(0);
    }
    await shown.page.locator(".picture .wide .passed", { hasText: "Consumer" }).waitFor();
  });

  it("has its name masked until it is asked for", async () => {
    await shown.open(idOf(await greet("Mary Masked")));
    await shown.detail.getByText("Request POST /lambda1").click();
    const body = shown.detail.locator("pre", { hasText: '{"name":' });
    await expect.poll(() => body.allInnerTexts()).toEqual(['{"name":"***"}']);
    await shown.detail.getByRole("checkbox").check();
    await expect.poll(() => body.allInnerTexts()).toEqual(['{"name":"Mary Masked"}']);
    await shown.detail.getByRole("checkbox").uncheck();
  });

  it.each([
    ["authorizer", "token of another pool", async () => `Bearer ${await app.token(2)}`, "Ada"],
    [
      "validation",
      "name: must have at least 1 character",
      async () => `Bearer ${await app.token(1)}`,
      "",
    ],
  ])("that is refused stops in %s, with the reason", async (layer, reason, token, name) => {
    const response = await app.post("/lambda1", { authorization: await token(), body: { name } });
    await shown.open(idOf(response));
    const last = steps().last();
    await expect.poll(() => last.getAttribute("class")).toBe("refused");
    expect(await last.locator(".layer").innerText()).toBe(layer);
    await last.getByText(reason).waitFor();
    await shown.page.locator(".picture .wide .refused").first().waitFor();
  });

  it("is found by its status, its layer, and a text", async () => {
    await greet("Ada");
    await fetch(`${app.urls.api}/no-such-path`);
    await shown.show("Requests");
    await shown.rows("/no-such-path").waitFor();
    const choices = [
      ["Status", "4xx", "200POST"],
      ["Answered by", "route", "/lambda1"],
    ] as const;
    for (const [label, choice, other] of choices) {
      await shown.page.getByLabel(label).selectOption(choice);
      await expect.poll(() => shown.rows(other).count()).toBe(0);
      expect(await shown.rows("/no-such-path").count()).toBe(1);
      await shown.page.getByLabel(label).selectOption("");
    }
    await shown.page.getByLabel("Text or request id").fill("no-such");
    await expect.poll(() => shown.rows("").count()).toBe(1);
    await shown.page.getByLabel("Text or request id").fill("no-such-text");
    await shown.page.getByText("No request matches the filters.").waitFor();
    expect(await shown.detail.count()).toBe(0);
    expect(await shown.page.locator(".picture .passed, .picture .refused").count()).toBe(0);
    await shown.page.getByLabel("Text or request id").fill("");
  });

  it("is kept back while the list is paused", async () => {
    await press("Pause");
    await fetch(`${app.urls.api}/while-paused`);
    await fetch(`${app.urls.api}/while-paused`);
    await shown.page.evaluate("new Promise((resolve) => requestAnimationFrame(resolve))");
    expect(await shown.rows("/while-paused").count()).toBe(0);
    await press("Resume");
    await expect.poll(() => shown.rows("/while-paused").count()).toBe(2);
  });
});

describe("a replay", () => {
  it.each([
    ["as it was", undefined, "200"],
    ["edited", '{"name":7}', "400"],
  ])("sends a request %s", async (_, body, status) => {
    const id = idOf(await greet("Ada"));
    await shown.open(id);
    await shown.detail.getByText("Replay", { exact: true }).click();
    if (body !== undefined) await shown.detail.getByLabel("Body").fill(body);
    await press("Send again");
    await shown.detail.getByRole("link", { name: id }).waitFor();
    expect(await shown.detail.getByRole("heading").first().innerText()).toContain(status);
  });
});

it("a fault of sns:Publish is answered with 502, until it is ended", async () => {
  await shown.show("Faults");
  await shown.page.getByLabel("for").fill("100");
  await press("Begin");
  await shown.page.getByText("The fault is in force.").waitFor();
  await shown.page.getByRole("row", { name: "sns:Publish fails with an AWS error" }).waitFor();
  expect(await violationsOn(shown.page)).toEqual([]);
  const response = await greet("Ada");
  expect(response.status).toBe(502);
  await press("End");
  await shown.page.getByText("The fault has ended.").waitFor();
  await shown.open(idOf(response));
  await shown.detail.locator(".waterfall .failed", { hasText: "sns:Publish" }).first().waitFor();
  expect((await greet("Ada")).status).toBe(200);
});

it("a dead letter is redriven, and discarded when it comes back", async () => {
  const publisher = openAws(app.urls.aws, `${appName}-local-ExternalLambda`);
  await publisher.publish(`arn:aws:sns:us-east-1:000000000000:${appName}-local-GreetingTopic`, " ");
  publisher.close();
  await shown.show("Dead letters");
  for (const [action, said] of [
    ["Redrive", "It was sent to its function again."],
    ["Discard", "It was discarded."],
  ] as const) {
    await shown.page.getByRole("heading", { name: "InvalidEventError" }).waitFor();
    expect(await violationsOn(shown.page)).toEqual([]);
    const line = await shown.page.getByText(/, message \S+$/).innerText();
    await press(action);
    await shown.page.getByText(said).waitFor();
    // The list is read again after that, and a letter that comes back is another message.
    await shown.page.getByText(line.split(" ").at(-1) ?? "").waitFor({ state: "hidden" });
  }
  await expect.poll(() => shown.page.getByText("No message is in this queue.").count()).toBe(1);
});

it("an attack says for each target which layer refused it", async () => {
  await shown.show("Attack");
  await press("Run: No token");
  await shown.page.getByText("No token: defended").waitFor();
  await shown.page.getByText("2 attempts").click();
  await shown.page.getByRole("row", { name: "POST /lambda1 defended" }).waitFor();
  expect(await violationsOn(shown.page)).toEqual([]);
});

describe("what callers send", () => {
  const markup = "<img/src=x/onerror=alert(1)>";

  it("is text in the page, never markup", async () => {
    const sent = request(`${app.urls.api}/`, { method: "POST", path: `/${markup}` });
    // A body that is not JSON would be masked, here and in the target.
    sent.setHeader("x-markup", markup).end(JSON.stringify({ note: markup }));
    await new Promise((resolve) => sent.on("response", resolve));
    const id = idOf(await greet(markup));
    await app.greetings.arrived(markup);
    await shown.show("Requests");
    await shown.rows(markup).first().click();
    await shown.detail.getByRole("checkbox").check();
    await shown.detail.getByRole("heading", { name: markup }).waitFor();
    await shown.detail.getByText("Request POST").click();
    await shown.detail.getByRole("row", { name: `x-markup ${markup}` }).waitFor();
    await shown.detail.locator("pre", { hasText: markup }).waitFor();
    await shown.open(id);
    await shown.detail.getByText("Log lines").click();
    await shown.detail.locator(".log-lines pre", { hasText: `Hello ${markup}` }).waitFor();
    expect(await shown.page.locator("img").count()).toBe(0);
  });
});

it("a flood leaves 1,000 requests in the list, of which 50 are drawn, and few are read in detail", async () => {
  await shown.show("Requests");
  let reads = 0;
  const count = (sent: { url(): string }) => {
    if (/\/requests\/[^/]+\?/.test(sent.url())) reads += 1;
  };
  shown.page.on("request", count);
  const startedAt = Date.now();
  const senders = Array.from({ length: 20 }, async () => {
    for (let sent = 0; sent < 60; sent += 1) {
      await (await fetch(`${app.urls.api}/lambda1`, { method: "POST" })).body?.cancel();
    }
  });
  await Promise.all(senders);
  await shown.page.getByText("the newest 1000 requests", { exact: true }).waitFor();
  expect(await shown.rows("").count()).toBe(50);
  expect(reads).toBeLessThanOrEqual(4 * ((Date.now() - startedAt) / 1000) + 2);
  shown.page.off("request", count);
});

it.each([
  ["Traces", "Traces"],
  ["Firewall", /^Requests that .* sampled$/],
])("%s shows the beginning of a long list, and goes on where it ended", async (view, list) => {
  await shown.show(view);
  const rows = shown.page.getByRole("table", { name: list }).locator("tbody tr");
  await expect.poll(() => rows.count()).toBe(20);
  await press("Show 20 more of 100");
  await expect.poll(() => rows.count()).toBe(40);
  await expect.poll(() => rows.nth(20).evaluate((row) => row.matches(":focus"))).toBe(true);
  for (const _ of [60, 80, 100]) await shown.page.getByText(/^Show 20 more of/).click();
  await expect.poll(() => rows.count()).toBe(100);
  expect(await shown.page.getByText(/^Show 20 more of/).count()).toBe(0);
});

describe("the page", () => {
  testPage(
    () => browser,
    () => app.urls,
  );
});
