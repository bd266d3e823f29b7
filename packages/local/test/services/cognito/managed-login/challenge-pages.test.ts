/**
 * What the login pages ask for after the password: another password, and one-time passwords.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
 */
import { AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { TOTP, URI } from "otpauth";
import decodeQr from "qr/decode.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { present } from "../../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { createInvitedUser, createUser, temporaryPassword } from "../pools-and-users.ts";
import type { Visited } from "../../../support/browser.ts";
import { createLoginPages, hasCode, type LoginPages } from "./login-pages.ts";

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws, { name: "my app", mfaConfiguration: "ON" });
});
afterAll(() => aws.stop());
// A code is taken once.
beforeEach(() => aws.advance(120_000));

/** The authenticator that scanned the QR code of a page. */
function scan({ html }: Visited): TOTP {
  const authenticator = URI.parse(decodeQr(pictureOf(html)));
  if (!(authenticator instanceof TOTP)) throw new Error("The codes depend on no time.");
  return authenticator;
}

/** What a camera sees of the squares of a QR code. */
function pictureOf(html: string) {
  const scale = 4;
  const width = Number(present(/viewBox="0 0 (\d+) /.exec(html))[1]) * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of html.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < scale; row += 1) {
      const at = ((Number(y) * scale + row) * width + Number(x) * scale) * 4;
      for (let pixel = 0; pixel < scale; pixel += 1)
        data.fill(0, at + pixel * 4, at + pixel * 4 + 3);
    }
  }
  return { width, height: width, data };
}

const codeOf = (authenticator: TOTP) => authenticator.generate({ timestamp: aws.now() });

/** A user who has set up an authenticator on the pages. */
async function withAuthenticator(username: string) {
  await createUser(aws, pages.poolId, username);
  const { browser, page } = await pages.signIn(username);
  const authenticator = scan(page);
  const end = await browser.submit(page, "mfa/setup", { code: codeOf(authenticator) });
  return { page, end, authenticator };
}

describe("an authenticator", () => {
  it("is set up by the QR code or the key, and its user is signed in", async () => {
    const username = "setup@example.com";
    const { page, end, authenticator } = await withAuthenticator(username);
    expect(authenticator).toMatchObject({
      issuer: "my app",
      label: username,
      digits: 6,
      period: 30,
    });
    expect(page.text).toContain(`Key: ${authenticator.secret.base32}`);
    expect(hasCode(end)).toBe(true);
    const input = { UserPoolId: pages.poolId, Username: username };
    const user = await aws.clients.cognito.send(new AdminGetUserCommand(input));
    expect(user.UserMFASettingList).toEqual(["SOFTWARE_TOKEN_MFA"]);
  });

  it("is shown again, the same, after a wrong code", async () => {
    await createUser(aws, pages.poolId, "typo@example.com");
    const { browser, page } = await pages.signIn("typo@example.com");
    const wrong = await browser.submit(page, "mfa/setup", { code: "wrong" });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining("Code mismatch")]);
    expect(scan(wrong).secret.base32).toBe(scan(page).secret.base32);
    const end = await browser.submit(wrong, "mfa/setup", { code: codeOf(scan(wrong)) });
    expect(hasCode(end)).toBe(true);
  });

  it("is not shown to another session with the same password", async () => {
    const username = "watched@example.com";
    await createUser(aws, pages.poolId, username);
    const thief = await pages.signIn(username);
    const own = await pages.signIn(username);
    const shown = await thief.browser.submit(thief.page, "mfa/setup", { code: "wrong" });
    expect(shown.text).not.toContain(scan(own.page).secret.base32);
    expect(scan(shown).secret.base32).toBe(scan(thief.page).secret.base32);
  });

  it("that took too long to set up begins again at the sign-in page", async () => {
    await createUser(aws, pages.poolId, "slow@example.com");
    const { browser, page } = await pages.signIn("slow@example.com");
    aws.advance(180_000);
    const late = await browser.submit(page, "mfa/setup", { code: codeOf(scan(page)) });
    expect(late.text).toContain("session is expired");
    expect(late.forms[0]?.action).toContain("/login?");
  });

  it("gives the code of the next sign-in; a wrong or used one does not pass", async () => {
    const username = "next@example.com";
    const { authenticator } = await withAuthenticator(username);
    const { browser, page } = await pages.signIn(username);
    expect(page.text).toContain("Enter the code");
    const used = await browser.submit(page, "mfa", { code: codeOf(authenticator) });
    expect(used.text).toContain("already been used once");
    aws.advance(60_000);
    const wrong = await browser.submit(used, "mfa", { code: "000000" });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining("Invalid code")]);
    const end = await browser.submit(wrong, "mfa", { code: codeOf(authenticator) });
    expect(hasCode(end)).toBe(true);
  });

  it("locks its user out after wrong codes and wrong passwords alike", async () => {
    const username = "guess@example.com";
    const { authenticator } = await withAuthenticator(username);
    aws.advance(60_000);
    let { browser, page } = await pages.signIn(username);
    for (let time = 0; time < 5; time += 1) {
      page = await browser.submit(page, "mfa", { code: "000000" });
    }
    page = await browser.submit(page, "mfa", { code: codeOf(authenticator) });
    expect(page.text).toContain("Password attempts exceeded");
  });

  it("is not passed by with the session that the password gave", async () => {
    const username = "around@example.com";
    await withAuthenticator(username);
    const { browser, page } = await pages.signIn(username);
    const hidden = present(page.forms[0]);
    for (const path of ["mfa/setup", "newPassword"]) {
      const action = hidden.action.replace("/mfa?", `/${path}?`);
      const body = new URLSearchParams({
        ...hidden.fields,
        code: "123456",
        password: "Fresh-Horse-2",
      });
      const after = await browser.visit(action, { method: "POST", body });
      expect(after.text).toContain("Invalid session");
    }
    const none = await browser.visit(pages.address("oauth2/authorize", { prompt: "none" }));
    expect(none.url.searchParams.get("error")).toBe("login_required");
  });
});

describe("a user with a temporary password", () => {
  it("chooses another that the policy takes, and then goes on", async () => {
    const username = "invited@example.com";
    await createInvitedUser(aws, pages.poolId, username);
    const { browser, page } = await pages.signIn(username, {}, temporaryPassword);
    expect(page.text).toContain("Choose a password");
    const weak = await browser.submit(page, "newPassword", { password: "weak" });
    expect([weak.status, weak.text]).toEqual([400, expect.stringContaining("policy")]);
    const next = await browser.submit(weak, "newPassword", { password: "Fresh-Horse-2" });
    expect(next.text).toContain("Set up an authenticator");
    const end = await browser.submit(next, "mfa/setup", { code: codeOf(scan(next)) });
    expect(hasCode(end)).toBe(true);
  });
});

it("a page that follows a form leads to the sign-in page when it is loaded again", async () => {
  const { browser } = await pages.arrive();
  for (const path of ["mfa", "mfa/setup", "newPassword", "resendcode"]) {
    const page = await browser.visit(pages.address(path));
    expect(page.url.pathname).toMatch(/\/login$/);
  }
});
