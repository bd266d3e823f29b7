/**
 * `/oauth2/userInfo`, `/oauth2/revoke`, `/logout`, and what an access token of the pages may do.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 * Source: https://repost.aws/knowledge-center/cognito-logout-endpoint-globalsignoutapi
 * Source: https://github.com/simov/grant/issues/189
 * Source: https://github.com/aws-amplify/amplify-js/issues/1906
 */
import {
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import * as users from "../pools-and-users.ts";
import {
  callbackUrl,
  createLoginPages,
  hasCode,
  logoutUrl,
  type LoginPages,
} from "./login-pages.ts";

const email = "ada@example.com";
const api = "aws.cognito.signin.user.admin";

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
  await users.createUser(aws, pages.poolId, email);
});
afterAll(() => aws.stop());

async function tokensFor(scope: string) {
  const { page } = await pages.signIn(email, { scope });
  const { access_token: access = "", refresh_token: refresh = "" } = await pages.exchange(page);
  return { access, refresh };
}

const userInfo = (token: string, at = pages) =>
  fetch(`${at.login}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } });

const getUser = (AccessToken: string) =>
  aws.clients.cognito.send(new GetUserCommand({ AccessToken }));

const revoke = (form: Record<string, string>, headers: Record<string, string> = {}, at = pages) =>
  fetch(`${at.login}/oauth2/revoke`, {
    method: "POST",
    headers,
    body: new URLSearchParams({ client_id: at.clientId, ...form }),
  });

/** Leaves out the parameters of a sign-in. */
const out = { response_type: undefined, redirect_uri: undefined };

const isSignedIn = async ({ browser }: Awaited<ReturnType<LoginPages["signIn"]>>) => {
  const page = await browser.visit(pages.address("oauth2/authorize", { prompt: "none" }));
  return hasCode(page);
};

describe("userInfo", () => {
  it.each([
    ["openid", ["email", "email_verified"]],
    [`openid ${api}`, ["email", "email_verified"]],
    ["openid email", ["email", "email_verified"]],
    ["openid profile", []],
  ])("has what the scopes %j let the client read", async (scope, readable) => {
    const response = await userInfo((await tokensFor(scope)).access);
    expect(response.status).toBe(200);
    const info = z.record(z.string(), z.string()).parse(await response.json());
    expect(Object.keys(info).toSorted()).toEqual([...readable, "sub", "username"].toSorted());
    expect(info["username"]).toBe(info["sub"]);
  });

  it("refuses what is no access token of the pool's pages, with the reason in a header", async () => {
    const { AccessToken, IdToken } = await users.signIn(aws, pages.clientId, email);
    const { access, refresh } = await tokensFor("openid");
    const other = await createLoginPages(aws);
    for (const response of [
      await userInfo("made.up.token"),
      await userInfo(IdToken),
      await userInfo(AccessToken),
      await userInfo(refresh),
      await userInfo(access, other),
    ]) {
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ error: "invalid_token" });
      expect(response.headers.get("www-authenticate")).toMatch(/^Bearer error="invalid_token", /);
    }
    const without = await fetch(`${pages.login}/oauth2/userInfo`);
    expect([without.status, await without.json()]).toEqual([400, { error: "invalid_request" }]);
  });
});

describe("an access token", () => {
  it("calls the operations of its user only with their scope", async () => {
    await expect(getUser((await tokensFor(`openid ${api}`)).access)).resolves.toBeDefined();
    await expect(getUser((await tokensFor("openid email")).access)).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Access Token does not have required scopes",
    });
  });
});

describe("revoke", () => {
  it("ends the access tokens of a refresh token, and says nothing of others", async () => {
    const { access, refresh } = await tokensFor(`openid ${api}`);
    for (const token of [refresh, refresh, "made-up"]) {
      const response = await revoke({ token });
      expect([response.status, await response.text()]).toEqual([200, ""]);
    }
    await expect(getUser(access)).rejects.toThrow("revoked");
  });

  it("refuses an access token, a missing one, a wrong client, and where it is turned off", async () => {
    const { access } = await tokensFor("openid");
    const off = await createLoginPages(aws, {}, { enableTokenRevocation: false });
    for (const [response, status, error] of [
      [await revoke({ token: access }), 400, "unsupported_token_type"],
      [await revoke({}), 400, "invalid_request"],
      [await revoke({ token: "a" }, {}, off), 400, "invalid_request"],
      [await revoke({ token: "a", client_id: "unknown" }), 401, "invalid_client"],
    ] as const) {
      expect([response.status, await response.json()]).toEqual([status, { error }]);
    }
  });

  it("does what the operation RevokeToken does", async () => {
    const { refresh } = await tokensFor("openid");
    const input = { ClientId: pages.clientId, Token: refresh };
    await aws.clients.cognito.send(new RevokeTokenCommand(input));
    const response = await pages.token({ grant_type: "refresh_token", refresh_token: refresh });
    expect(await response.json()).toEqual({ error: "invalid_grant" });
  });
});

describe("logout", () => {
  it("ends the sign-in of the browser, and leads to a sign-out URL of the client", async () => {
    const signedIn = await pages.signIn(email);
    const address = pages.address("logout", { ...out, logout_uri: logoutUrl });
    const page = await signedIn.browser.visit(address);
    expect(page.url.href).toBe(logoutUrl);
    expect(await isSignedIn(signedIn)).toBe(false);
  });

  it("leads to the sign-in page with the parameters for it", async () => {
    const signedIn = await pages.signIn(email);
    const page = await signedIn.browser.visit(pages.address("logout", { state: "s" }));
    expect(page.url.pathname).toMatch(/\/login$/);
    expect(page.url.searchParams.get("state")).toBe("s");
    expect(await isSignedIn(signedIn)).toBe(false);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ["another URL", { logout_uri: "https://evil.example/" }],
    ["a callback URL", { logout_uri: callbackUrl }],
    ["no client", { logout_uri: logoutUrl, client_id: undefined }],
    ["nothing", {}],
  ])("with %s redirects nowhere, and the user stays signed in", async (_, parameters) => {
    const signedIn = await pages.signIn(email);
    const page = await signedIn.browser.visit(pages.address("logout", { ...out, ...parameters }));
    expect(page.status).toBe(400);
    expect(page.text).toContain("Invalid sign-out request");
    expect(await isSignedIn(signedIn)).toBe(true);
  });

  it("leaves tokens as they are; and a sign-out everywhere leaves the browser's sign-in", async () => {
    const signedIn = await pages.signIn(email, { scope: `openid ${api}` });
    const { access_token: AccessToken = "" } = await pages.exchange(signedIn.page);
    await aws.clients.cognito.send(new GlobalSignOutCommand({ AccessToken }));
    expect(await isSignedIn(signedIn)).toBe(true);
    const again = await pages.signIn(email);
    const { refresh_token: token = "" } = await pages.exchange(again.page);
    await again.browser.visit(pages.address("logout", { ...out, logout_uri: logoutUrl }));
    const form = { grant_type: "refresh_token", refresh_token: token };
    expect((await pages.token(form)).status).toBe(200);
  });
});
