/** Whatever a request contains, it is redirected only to the pages and to URLs of the client, and nothing fails. */
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { callbackUrl, createLoginPages, logoutUrl, type LoginPages } from "./login-pages.ts";

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
});
// Throws for every fault that was reported meanwhile.
afterAll(() => aws.stop());

const runs = { seed: 20_261_129, numRuns: 100 };

const odd = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "\r\nLocation: https://evil.example",
    "\u{1F600}",
    "%00",
    "a&b=c",
  ),
  fc.constantFrom(
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
  ),
  fc.constantFrom("__proto__", "constructor", "x".repeat(3000), "\uD800"),
  fc.constantFrom("code", "token", "openid", "none", "login", "S256", "COGNITO", "a".repeat(43)),
  fc.string(),
);
const names = fc.constantFrom(
  ..."response_type client_id redirect_uri logout_uri scope state nonce prompt lang".split(" "),
  ..."code_challenge code_challenge_method identity_provider idp_identifier login_hint".split(" "),
);

/** What is asked for: each parameter odd, right, missing or twice. */
const queries = fc.array(fc.tuple(names, fc.oneof(odd, fc.constant(undefined))), { maxLength: 8 });

it("a query redirects nowhere else", async () => {
  const paths = fc.constantFrom("oauth2/authorize", "login", "logout", "signup", "mfa", "a/b", "");
  await fc.assert(
    fc.asyncProperty(paths, queries, fc.boolean(), async (path, query, keepsRight) => {
      const url = pages.address(path, { logout_uri: keepsRight ? undefined : logoutUrl });
      for (const [name, value] of query) {
        if (value === undefined) url.searchParams.delete(name);
        else if (keepsRight) url.searchParams.append(name, value);
        else url.searchParams.set(name, value);
      }
      const response = await fetch(url, { redirect: "manual" });
      expect([200, 302, 400, 404]).toContain(response.status);
      const location = response.headers.get("location");
      if (location === null) return;
      const led = new URL(location, url);
      const place = `${led.origin}${led.pathname}`;
      expect([callbackUrl, logoutUrl, `${pages.login}/login`]).toContain(place);
    }),
    runs,
  );
});

it("a form fails as the user's error, and injects nothing", async () => {
  const fields = fc.dictionary(
    fc.constantFrom("username", "password", "code", "session", "email", "csrf", "__proto__"),
    odd,
  );
  const { browser, page } = await pages.arrive();
  const csrf = page.forms[0]?.fields["csrf"] ?? "";
  const paths = fc.constantFrom("login", "signup", "confirm", "resendcode", "mfa", "mfa/setup");
  const others = fc.constantFrom("forgotPassword", "confirmForgotPassword", "newPassword");
  await fc.assert(
    fc.asyncProperty(fc.oneof(paths, others), fields, async (path, sent) => {
      aws.advance(1000);
      const body = new URLSearchParams({ csrf, ...sent });
      const after = await browser.visit(pages.address(path), { method: "POST", body });
      expect([200, 400, 403, 429]).toContain(after.status);
      expect(after.html).not.toContain("<script");
      expect(browser.cookies.size).toBe(1);
    }),
    runs,
  );
});

it("a request for tokens is granted nothing", async () => {
  const fields = fc.dictionary(
    fc.constantFrom(
      "grant_type",
      "code",
      "redirect_uri",
      "code_verifier",
      "refresh_token",
      "token",
    ),
    fc.oneof(odd, fc.constantFrom("authorization_code", "refresh_token")),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("token", "revoke"), fields, async (path, sent) => {
      aws.advance(1000);
      const body = new URLSearchParams({ client_id: pages.clientId, ...sent });
      const response = await fetch(`${pages.login}/oauth2/${path}`, { method: "POST", body });
      // Nothing is granted; a revocation says nothing of what it was given.
      expect(path === "token" ? [400] : [200, 400]).toContain(response.status);
    }),
    runs,
  );
});
