/**
 * Which requests get a code, which are refused by the callback, and which by a page.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 * Source: https://github.com/aws/aws-aspnet-cognito-identity-provider/issues/167
 */
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../../../support/browser.ts";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { claimsOf, createUser } from "../pools-and-users.ts";
import { callbackUrl, createLoginPages, oauth, type LoginPages } from "./login-pages.ts";

const email = "ada@example.com";
const challenge = "a".repeat(43);

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
  await createUser(aws, pages.poolId, email);
});
afterAll(() => aws.stop());

type Parameters = Record<string, string | undefined>;

/** The answer of an endpoint, no redirect followed. */
const ask = (parameters: Parameters, path = "oauth2/authorize", at = pages) =>
  fetch(at.address(path, parameters), { redirect: "manual" });

describe("a request that is wrong is refused by the callback, with its state", () => {
  it.each<[string, Parameters, string]>([
    ["no response_type", { response_type: undefined }, "invalid_request"],
    ["another response_type", { response_type: "id_token" }, "invalid_request"],
    ["the implicit grant", { response_type: "token" }, "unauthorized_client"],
    ["a challenge without a method", { code_challenge: challenge }, "invalid_request"],
    ["a method without a challenge", { code_challenge_method: "S256" }, "invalid_request"],
    [
      "the method plain",
      { code_challenge: challenge, code_challenge_method: "plain" },
      "invalid_request",
    ],
    [
      "a challenge that is no hash",
      { code_challenge: "short", code_challenge_method: "S256" },
      "invalid_request",
    ],
    ["an unknown scope", { scope: "openid admin" }, "invalid_scope"],
    ["a scope that the client does not have", { scope: "openid phone" }, "invalid_scope"],
    ["a scope that needs openid", { scope: "email" }, "invalid_scope"],
    ["scopes with two spaces", { scope: "openid  email" }, "invalid_scope"],
    ["another prompt", { prompt: "always" }, "invalid_request"],
    ["prompts that exclude each other", { prompt: "none login" }, "invalid_request"],
    ["another identity provider", { identity_provider: "Google" }, "invalid_request"],
    ["a nonce that is too long", { nonce: "n".repeat(2049) }, "invalid_request"],
    ["prompt none without a sign-in", { prompt: "none" }, "login_required"],
  ])("%s", async (_, parameters, error) => {
    const response = await ask({ state: "s & t", ...parameters });
    expect(response.status).toBe(302);
    const location = new URL(response.headers.get("location") ?? "");
    expect(location.origin + location.pathname).toBe(callbackUrl);
    expect(Object.fromEntries(location.searchParams)).toEqual({ error, state: "s & t" });
  });

  it("a parameter that is there twice", async () => {
    const address = pages.address("oauth2/authorize", { scope: "openid" });
    address.searchParams.append("scope", "email");
    const response = await fetch(address, { redirect: "manual" });
    expect(response.headers.get("location")).toBe(`${callbackUrl}?error=invalid_request`);
  });

  it("a client without the code grant", async () => {
    const other = await createLoginPages(aws, {}, { allowedOauthFlows: ["implicit"] });
    const response = await ask({}, "oauth2/authorize", other);
    expect(response.headers.get("location")).toBe(`${callbackUrl}?error=unauthorized_client`);
  });

  it("a callback with a query keeps it", async () => {
    const withQuery = `${callbackUrl}?tenant=1`;
    const other = await createLoginPages(aws, {}, { callbackUrls: [withQuery] });
    const wrong = { redirect_uri: withQuery, response_type: "token" };
    const response = await ask(wrong, "oauth2/authorize", other);
    expect(response.headers.get("location")).toBe(`${withQuery}&error=unauthorized_client`);
  });
});

describe("what names no callback of the client leads nowhere", () => {
  it.each<[string, Parameters]>([
    ["no client", { client_id: undefined }],
    ["an unknown client", { client_id: "unknown" }],
    ["no redirect_uri", { redirect_uri: undefined }],
    ["another site", { redirect_uri: "https://evil.example/callback" }],
    ["a longer path", { redirect_uri: `${callbackUrl}/more` }],
    ["a shorter path", { redirect_uri: callbackUrl.slice(0, -1) }],
    ["another case", { redirect_uri: callbackUrl.toUpperCase() }],
    ["a query more", { redirect_uri: `${callbackUrl}?a=b` }],
    ["a fragment more", { redirect_uri: `${callbackUrl}#a` }],
    ["a name before it", { redirect_uri: callbackUrl.replace("//", "//app@") }],
    ["a script", { redirect_uri: "javascript:alert(1)" }],
    ["the sign-out URL", { redirect_uri: "https://app.example.com/bye" }],
  ])("%s", async (_, parameters) => {
    for (const path of ["oauth2/authorize", "login", "signup", "forgotPassword"]) {
      const response = await ask({ response_type: "token", ...parameters }, path);
      expect(response.status).toBe(400);
      expect(response.headers.get("location")).toBeNull();
      const html = await response.text();
      expect(html).toContain("Invalid sign-in request");
      expect(html).not.toContain("evil");
    }
  });

  it("a client of another pool", async () => {
    const other = await createLoginPages(aws);
    const response = await ask({ client_id: other.clientId });
    expect(response.status).toBe(400);
  });

  it.each<[string, object]>([
    ["that has no OAuth flow", { allowedOauthFlows: [] }],
    ["that may use none", { allowedOauthFlowsUserPoolClient: false }],
  ])("a client %s", async (_, settings) => {
    const other = await createLoginPages(aws, {}, { ...oauth, ...settings });
    const response = await ask({}, "oauth2/authorize", other);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("has no OAuth flow");
  });

  it.each(["login", "oauth2/authorize", "oauth2/token", "logout", ""])(
    "a domain that no pool has: %s",
    async (path) => {
      const url = pages.address(path);
      url.pathname = url.pathname.replace(pages.domain, "unknown");
      expect((await fetch(url, { redirect: "manual" })).status).toBe(404);
    },
  );
});

describe("a user who has signed in", () => {
  it("is not asked again for an hour, by any client of the pool", async () => {
    const { browser, page } = await pages.signIn(email, { state: "first" });
    expect(page.url.searchParams.get("state")).toBe("first");
    const again = await browser.visit(pages.address("oauth2/authorize", { prompt: "none" }));
    expect(again.url.searchParams.get("code")).toEqual(expect.any(String));
    aws.advance(3_600_000);
    const later = await browser.visit(pages.address("oauth2/authorize"));
    expect(later.text).toContain("Sign in");
  });

  it.each(["login", "select_account"])("is asked by prompt %s", async (prompt) => {
    const { browser } = await pages.signIn(email);
    const page = await browser.visit(pages.address("oauth2/authorize", { prompt }));
    expect(page.text).toContain("Sign in");
  });

  it("is asked by the pages of another pool, also of one whose user is named as the user's id", async () => {
    const other = await createLoginPages(aws, { usernameAttributes: [] });
    const { sub: Username } = await createUser(aws, pages.poolId, "two@example.com");
    const input = { UserPoolId: other.poolId, Username, MessageAction: "SUPPRESS" as const };
    await aws.clients.cognito.send(new AdminCreateUserCommand(input));
    const { browser } = await pages.signIn("two@example.com");
    const headers = { cookie: `cognito=${browser.cookies.get("cognito")?.value}` };
    const address = other.address("oauth2/authorize");
    const response = await fetch(address, { headers, redirect: "manual" });
    expect(response.headers.get("location")).toContain(`/${other.domain}/login?`);
  });

  it("is not signed in any more when an administrator has disabled or deleted them", async () => {
    for (const [Username, Command] of [
      ["disabled@example.com", AdminDisableUserCommand],
      ["deleted@example.com", AdminDeleteUserCommand],
    ] as const) {
      await createUser(aws, pages.poolId, Username);
      const { browser } = await pages.signIn(Username);
      await aws.clients.cognito.send(new Command({ UserPoolId: pages.poolId, Username }));
      const page = await browser.visit(pages.address("oauth2/authorize", { prompt: "none" }));
      expect(page.url.searchParams.get("error")).toBe("login_required");
    }
  });

  it("gets the scopes of the client where a request names none", async () => {
    const { page } = await pages.signIn(email);
    const { access_token: token = "" } = await pages.exchange(page);
    expect(claimsOf(token)).toMatchObject({ scope: oauth.allowedOauthScopes?.join(" ") });
  });
});

describe("the address of a domain by itself", () => {
  it("leads to the sign-in page of the only client", async () => {
    const page = await openBrowser(aws.url).visit(pages.login);
    expect(page.url.pathname).toMatch(/\/login$/);
    expect(Object.fromEntries(page.url.searchParams)).toEqual({
      client_id: pages.clientId,
      response_type: "code",
      redirect_uri: callbackUrl,
    });
  });

  it("offers each client, where there are several", async () => {
    const several = await createLoginPages(aws);
    const { clientId } = aws.cognito.createClient(several.poolId, { name: "other", ...oauth });
    const { html } = await openBrowser(aws.url).visit(several.login);
    expect(html).toContain(clientId);
    expect(html).toContain(several.clientId);
  });

  it("says so where no client can sign users in", async () => {
    const none = await createLoginPages(aws, {}, { allowedOauthFlows: ["implicit"] });
    const { status, text } = await openBrowser(aws.url).visit(none.login);
    expect([status, text]).toEqual([404, expect.stringContaining("No app client")]);
  });
});
