/**
 * A user signs up, confirms and recovers on the login pages, which do not reveal whether a user exists.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-endpoints.html
 */
import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  type AdminGetUserCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { present } from "../../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { createUser, password } from "../pools-and-users.ts";
import type { Visited } from "../../../support/browser.ts";
import { callbackUrl, createLoginPages, hasCode, type LoginPages } from "./login-pages.ts";

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
});
afterAll(() => aws.stop());
// The limits of requests in a second are for all.
beforeEach(() => aws.advance(1000));

const lastCode = () => present(aws.deliveries.at(-1)).code;
const statusOf = async (Username: string, at = pages): Promise<AdminGetUserCommandOutput> =>
  aws.clients.cognito.send(new AdminGetUserCommand({ UserPoolId: at.poolId, Username }));

/** A browser at a page that can be opened. */
async function open(path: string, at = pages) {
  const { browser } = await at.arrive();
  return { browser, page: await browser.visit(at.address(path, { state: "s" })) };
}

/** Sends a form of a page by itself. */
async function send(path: string, fields: Record<string, string>, at = pages) {
  const { browser, page } = await open(path, at);
  return { browser, page: await browser.submit(page, path, fields) };
}

describe("a new user", () => {
  it("signs up, confirms with the code that was mailed, signs in, and keeps the request", async () => {
    const username = "new@example.com";
    const { browser, page: confirm } = await send("signup", { username, password });
    expect(confirm.text).toContain("Confirm your account");
    expect(await statusOf(username)).toMatchObject({ UserStatus: "UNCONFIRMED" });
    const signIn = await browser.submit(confirm, "confirm", { code: lastCode() });
    expect(signIn.text).toContain("Your account is confirmed.");
    expect(await statusOf(username)).toMatchObject({ UserStatus: "CONFIRMED" });
    const end = await browser.submit(signIn, "login", { password });
    expect(end.url.origin + end.url.pathname).toBe(callbackUrl);
    expect(end.url.searchParams.get("state")).toBe("s");
    expect(hasCode(end)).toBe(true);
  });

  it("who signs in before is asked for the code, and can have another", async () => {
    const username = "later@example.com";
    await send("signup", { username, password });
    const first = lastCode();
    const { browser, page } = await pages.signIn(username);
    expect(page.text).toContain("Your account is not confirmed.");
    const again = await browser.submit(page, "resendcode", {});
    expect(lastCode()).not.toBe(first);
    const wrong = await browser.submit(again, "confirm", { code: first });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining("try again")]);
    const signIn = await browser.submit(wrong, "confirm", { code: lastCode() });
    expect(signIn.text).toContain("Your account is confirmed.");
  });

  it("reads which rule a password breaks, and what is no address", async () => {
    const weak = await send("signup", { username: "weak@example.com", password: "weak" });
    expect(weak.page.text).toContain("Password did not conform with policy");
    expect(weak.page.forms[0]?.fields["username"]).toBe("weak@example.com");
    const wrong = await send("signup", { username: "no address", password });
    expect(wrong.page.text).toContain("Username should be an email.");
  });

  it("of a pool with usernames gives an address as well", async () => {
    const named = await createLoginPages(aws, { usernameAttributes: [] });
    const fields = { username: "ada", email: "ada@example.com", password };
    const { browser, page } = await send("signup", fields, named);
    await browser.submit(page, "confirm", { code: lastCode() });
    const end = await named.signIn("ada");
    expect(hasCode(end.page)).toBe(true);
  });

  it("finds no sign-up where administrators create users", async () => {
    const closed = await createLoginPages(aws, { allowAdminCreateUserOnly: true });
    const { browser, page } = await closed.arrive();
    expect(page.html).not.toContain("signup");
    expect((await browser.visit(closed.address("signup"))).status).toBe(404);
    const sent = await browser.visit(closed.address("signup"), {
      method: "POST",
      body: new URLSearchParams({ ...page.forms[0]?.fields, username: "a@b.example", password }),
    });
    expect(sent.text).toContain("SignUp is not permitted for this user pool");
  });
});

describe("a user who forgot the password", () => {
  it("sets another with the code that was mailed", async () => {
    const username = "forgot@example.com";
    await createUser(aws, pages.poolId, username);
    const { browser, page } = await send("forgotPassword", { username });
    const fresh = "Fresh-Horse-2";
    const wrong = await browser.submit(page, "confirmForgotPassword", {
      code: lastCode(),
      password: "weak",
    });
    expect(wrong.text).toContain("Password did not conform with policy");
    const signIn = await browser.submit(wrong, "confirmForgotPassword", {
      code: lastCode(),
      password: fresh,
    });
    expect(signIn.text).toContain("Your password is set.");
    expect(hasCode((await pages.signIn(username, {}, fresh)).page)).toBe(true);
    expect((await pages.signIn(username)).page.text).toContain("Incorrect username or password.");
  });

  it("must set another where an administrator has reset it, and is signed in nowhere until then", async () => {
    const username = "reset@example.com";
    await createUser(aws, pages.poolId, username);
    const before = await pages.signIn(username);
    const named = { UserPoolId: pages.poolId, Username: username };
    await aws.clients.cognito.send(new AdminResetUserPasswordCommand(named));
    expect(hasCode(await before.browser.visit(pages.address("oauth2/authorize")))).toBe(false);
    expect(await pages.exchange(before.page)).toEqual({ error: "invalid_grant" });
    const { browser, page } = await pages.signIn(username);
    expect(page.text).toContain("Your password was reset.");
    const fresh = { code: lastCode(), password: "Fresh-Horse-2" };
    const set = await browser.submit(page, "confirmForgotPassword", fresh);
    expect(set.text).toContain("Your password is set.");
  });

  it("is told after five codes in an hour, whether there is such a user or not", async () => {
    for (const username of ["many@example.com", "unknown-many@example.com"]) {
      if (username.startsWith("many")) await createUser(aws, pages.poolId, username);
      const results: Visited[] = [];
      for (let time = 0; time < 6; time += 1) {
        results.push((await send("forgotPassword", { username })).page);
      }
      expect(results.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
      expect(results.at(-1)?.text).toContain("Attempt limit exceeded");
    }
  });
});

/** What a page says, without the names and tokens in it. */
const sameFor = ({ status, html }: Visited, username: string) => [
  status,
  html.replaceAll(username, "NAME").replaceAll(/name="csrf" value="[^"]*"/g, ""),
];

describe.each(["ENABLED", "LEGACY"] as const)(
  "no page reveals whether a user exists, also of a client with %s",
  (preventUserExistenceErrors) => {
    const known = "known@example.com";
    const disabled = "disabled@example.com";
    const unknown = "unknown@example.com";
    let own: LoginPages;
    beforeAll(async () => {
      own = await createLoginPages(aws, {}, { preventUserExistenceErrors });
      for (const name of [known, disabled]) await createUser(aws, own.poolId, name);
      const input = { UserPoolId: own.poolId, Username: disabled };
      await aws.clients.cognito.send(new AdminDisableUserCommand(input));
    });

    it.each<[string, string, Record<string, string>]>([
      ["signing in with a wrong password", "login", { password: "Wrong-Horse-1" }],
      ["signing up", "signup", { password }],
      ["signing up with a weak password", "signup", { password: "weak" }],
      ["confirming with a guess", "confirm", { code: "0000000" }],
      ["asking for a code", "forgotPassword", {}],
    ])("by %s", async (_, path, fields) => {
      const results = [];
      // The unknown one last: a sign-up makes it known.
      for (const username of [known, disabled, unknown]) {
        const { page } = await send(path, { username, ...fields }, own);
        results.push(sameFor(page, username));
      }
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    });

    it.each<[string, Record<string, string>]>([
      ["resendcode", {}],
      ["confirmForgotPassword", { code: "0000000", password: "Fresh-Horse-2" }],
      ["confirmForgotPassword", { code: "0000000", password: "weak" }],
    ])("by the form %s with %j", async (path, fields) => {
      const from = path === "resendcode" ? "confirm" : "forgotPassword";
      const first = from === "confirm" ? { code: "0000000" } : {};
      const results = [];
      for (const username of [known, disabled, "nobody@example.com"]) {
        const { browser, page } = await send(from, { username, ...first }, own);
        results.push(sameFor(await browser.submit(page, path, fields), username));
      }
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    });
  },
);

describe("wrong passwords", () => {
  it("lock a name out, on the pages and in the API alike, and an unknown one as well", async () => {
    const username = "locked@example.com";
    await createUser(aws, pages.poolId, username);
    for (const name of [username, "nobody-locked@example.com"]) {
      for (let time = 0; time < 5; time += 1) await pages.signIn(name, {}, "Wrong-Horse-1");
      const { page } = await pages.signIn(name);
      expect([page.status, page.text]).toEqual([
        400,
        expect.stringContaining("Password attempts exceeded"),
      ]);
    }
    aws.advance(1000);
    expect(hasCode((await pages.signIn(username)).page)).toBe(true);
  });
});
