/**
 * Protection of the login pages: CSRF tokens, cookies, security headers, and escaped output.
 */
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { createUser, password } from "../pools-and-users.ts";
import { openBrowser } from "../../../support/browser.ts";
import { createLoginPages, hasCode, type LoginPages } from "./login-pages.ts";

const email = "ada@example.com";

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
  await createUser(aws, pages.poolId, email);
});
afterAll(() => aws.stop());

const right = { username: email, password };

describe("a form", () => {
  it("is taken from the browser that got it", async () => {
    const { browser, page } = await pages.arrive();
    expect(hasCode(await browser.submit(page, "login", right))).toBe(true);
  });

  it.each([
    ["without its token", { csrf: "" }],
    ["with another token", { csrf: "a".repeat(43) }],
  ])("%s is not taken", async (_, change) => {
    const { browser, page } = await pages.arrive();
    const after = await browser.submit(page, "login", { ...right, ...change });
    expect(after.status).toBe(403);
    expect(after.text).toContain("Try again");
  });

  it("of another browser is not taken, and none without a cookie", async () => {
    const { page } = await pages.arrive();
    const other = await pages.arrive();
    expect((await other.browser.submit(page, "login", right)).status).toBe(403);
    expect((await openBrowser(aws.url).submit(page, "login", right)).status).toBe(403);
  });

  it("from before a sign-in is not taken after it", async () => {
    const { browser, page } = await pages.arrive();
    await browser.submit(page, "login", right);
    expect((await browser.submit(page, "login", right)).status).toBe(403);
  });

  it.each([
    { origin: "https://evil.example" },
    { origin: "http://localhost:8080" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ])("that another site sent is not taken: %j", async (headers) => {
    const { browser, page } = await pages.arrive();
    expect((await browser.submit(page, "login", right, headers)).status).toBe(403);
  });

  it("that is too large, of another type or for no page is refused", async () => {
    const { browser, page } = await pages.arrive();
    const large = await browser.submit(page, "login", { ...right, password: "p".repeat(70_000) });
    expect(large.status).toBe(400);
    const url = present(page.forms[0]).action;
    const json = await browser.visit(url, { method: "POST", body: "{}" });
    expect(json.status).toBe(400);
    for (const name of ["unknown", "constructor", "__proto__"]) {
      const nowhere = await browser.visit(url.replace("/login?", `/${name}?`), { method: "POST" });
      expect(nowhere.status).toBe(404);
    }
  });

  it("that lacks a field is shown again", async () => {
    const { browser, page } = await pages.arrive();
    const again = await browser.submit(page, "login", { ...right, password: "" });
    expect([again.status, again.text]).toEqual([400, expect.stringContaining("every field")]);
    expect(again.forms[0]?.fields["username"]).toBe(email);
    expect(again.html).not.toContain(password);
  });
});

describe("the cookie", () => {
  it("has HttpOnly, SameSite and the path of its pages, and changes at the sign-in", async () => {
    const page = await fetch(pages.address("login"));
    const [cookie = ""] = page.headers.getSetCookie();
    const path = new URL(pages.login).pathname;
    expect(cookie).toMatch(/^cognito=[\w-]{60,}; /);
    expect(cookie.split("; ").slice(1).toSorted()).toEqual(
      [`Path=${path}`, "HttpOnly", "SameSite=Lax"].toSorted(),
    );
    const { browser, page: form } = await pages.arrive();
    const before = browser.cookies.get("cognito")?.value;
    await browser.submit(form, "login", right);
    expect(browser.cookies.get("cognito")?.value).not.toBe(before);
  });

  it("that an attacker chose is not signed in (session fixation)", async () => {
    const chosen = "A".repeat(66);
    const browser = openBrowser(aws.url);
    browser.cookies.set("cognito", { value: chosen, path: new URL(pages.login).pathname });
    const page = await browser.visit(pages.address("login"));
    expect(hasCode(await browser.submit(page, "login", right))).toBe(true);
    const response = await fetch(pages.address("oauth2/authorize", { prompt: "none" }), {
      headers: { cookie: `cognito=${chosen}` },
      redirect: "manual",
    });
    expect(response.headers.get("location")).toContain("error=login_required");
  });
});

describe("a page", () => {
  it("loads nothing, sends forms only here, cannot be framed, and is not cached", async () => {
    const { headers } = await fetch(pages.address("login"));
    const policy = present(headers.get("content-security-policy"));
    expect(policy.split("; ").toSorted()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'self' https://app.example.com",
      "frame-ancestors 'none'",
      expect.stringMatching(/^style-src 'sha256-[\w+/]{43}='$/),
    ]);
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-type": "text/html; charset=utf-8",
    });
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });

  it("has no script, and a style with the hash of its policy", async () => {
    const response = await fetch(pages.address("login"));
    const html = await response.text();
    expect(html).not.toMatch(/<script|javascript:|\son\w+=|\sstyle=/i);
    const style = present(/<style>([\s\S]*?)<\/style>/.exec(html)?.[1]);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    const hash = Buffer.from(digest).toString("base64");
    expect(response.headers.get("content-security-policy")).toContain(`'sha256-${hash}'`);
  });

  it("escapes what a request and a form contain", async () => {
    const script = `"><script>alert(1)</script>`;
    const { browser, page } = await pages.arrive({ state: script, login_hint: script });
    const again = await browser.submit(page, "login", { username: script, password: "wrong" });
    for (const { html } of [page, again]) {
      expect(html).not.toContain("<script");
      expect(html).toContain("&lt;script&gt;");
    }
  });

  it("is neither cached nor a referrer when it redirects to a callback URL", async () => {
    const { browser } = await pages.signIn(email);
    const cookie = `cognito=${browser.cookies.get("cognito")?.value}`;
    const options = { headers: { cookie }, redirect: "manual" } as const;
    const { headers } = await fetch(pages.address("oauth2/authorize"), options);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  });

  it("is served to names of this machine only", async () => {
    const status = await new Promise((resolve) => {
      const { href } = pages.address("login");
      request(href, { headers: { host: "evil.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });
});
