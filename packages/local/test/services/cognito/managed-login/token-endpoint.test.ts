/**
 * Tokens for a code and for a refresh token, and every reason for which there are none.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
 */
import {
  AdminDisableUserCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { claimsOf, createUser } from "../pools-and-users.ts";
import {
  callbackUrl,
  createLoginPages,
  oauth,
  refusal,
  tokensIn,
  type LoginPages,
} from "./login-pages.ts";

const email = "ada@example.com";
const verifier = "v".repeat(43);
const pkce = {
  code_challenge: createHash("sha256").update(verifier).digest("base64url"),
  code_challenge_method: "S256",
};

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
  await createUser(aws, pages.poolId, email);
});
afterAll(() => aws.stop());

/** A new code, in the form that exchanges it. */
async function codeForm(parameters: Record<string, string> = {}, at = pages, user = email) {
  const { page } = await at.signIn(user, parameters);
  const code = page.url.searchParams.get("code") ?? "";
  return { grant_type: "authorization_code", code, redirect_uri: callbackUrl };
}

describe("a code", () => {
  it("works once, and other tokens of it stay valid", async () => {
    const form = await codeForm({ scope: "openid email" });
    const first = await pages.token(form);
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({
      access_token: expect.any(String),
      id_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 3600,
      token_type: "Bearer",
    });
    expect(await refusal(await pages.token(form))).toEqual([400, { error: "invalid_grant" }]);
  });

  it("lives for five minutes", async () => {
    const [form, late] = [await codeForm(), await codeForm()];
    aws.advance(299_999);
    expect((await pages.token(form)).status).toBe(200);
    aws.advance(1);
    expect(await refusal(await pages.token(late))).toEqual([400, { error: "invalid_grant" }]);
  });

  it("is exchanged with the verifier of its challenge", async () => {
    const form = await codeForm(pkce);
    expect((await pages.token({ ...form, code_verifier: verifier })).status).toBe(200);
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["another verifier", pkce, { code_verifier: "w".repeat(43) }],
    ["no verifier", pkce, {}],
    ["the challenge as the verifier", pkce, { code_verifier: pkce.code_challenge }],
    ["a verifier without a challenge", {}, { code_verifier: verifier }],
    ["another callback", {}, { redirect_uri: "https://app.example.com/other" }],
    ["another code", {}, { code: "made-up" }],
  ])("is not exchanged for %s, and then for nothing", async (_, parameters, change) => {
    const form = await codeForm(parameters);
    const wrong = await pages.token({ ...form, ...change });
    expect(await refusal(wrong)).toEqual([400, { error: "invalid_grant" }]);
    if ("code" in change) return;
    const right = await pages.token({
      ...form,
      ...(parameters === pkce ? { code_verifier: verifier } : {}),
    });
    expect(await refusal(right)).toEqual([400, { error: "invalid_grant" }]);
  });

  it("is not exchanged by another client of the pool", async () => {
    const settings = { ...oauth, name: "other", explicitAuthFlows: [] };
    const { clientId } = aws.cognito.createClient(pages.poolId, settings);
    const response = await pages.token({ ...(await codeForm()), client_id: clientId });
    expect(await refusal(response)).toEqual([400, { error: "invalid_grant" }]);
  });

  it("of a user who was disabled meanwhile is worth nothing", async () => {
    const Username = "gone@example.com";
    await createUser(aws, pages.poolId, Username);
    const form = await codeForm({}, pages, Username);
    const UserPoolId = pages.poolId;
    await aws.clients.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    expect(await refusal(await pages.token(form))).toEqual([400, { error: "invalid_grant" }]);
  });
});

describe("tokens", () => {
  it("have the nonce of the request once, the scopes, and what these let the client read", async () => {
    const { page } = await pages.signIn(email, { scope: "openid profile", nonce: "n-1" });
    const tokens = await pages.exchange(page);
    const [id, access] = [tokens["id_token"] ?? "", tokens["access_token"] ?? ""].map(claimsOf);
    expect(id).toMatchObject({ nonce: "n-1", aud: pages.clientId, token_use: "id" });
    expect(id).not.toHaveProperty("email");
    expect(access).toMatchObject({ scope: "openid profile", client_id: pages.clientId });
    expect(access).not.toHaveProperty("nonce");
    const refresh = { grant_type: "refresh_token", refresh_token: tokens["refresh_token"] ?? "" };
    const refreshed = await tokensIn(await pages.token(refresh));
    expect(refreshed).not.toHaveProperty("refresh_token");
    expect(claimsOf(refreshed["id_token"] ?? "")).not.toHaveProperty("nonce");
    expect(claimsOf(refreshed["access_token"] ?? "")).toMatchObject({ scope: "openid profile" });
  });

  it("are without an ID token where openid was not asked for", async () => {
    const { page } = await pages.signIn(email, { scope: "aws.cognito.signin.user.admin" });
    const tokens = await pages.exchange(page);
    expect(Object.keys(tokens)).not.toContain("id_token");
    const refresh = { grant_type: "refresh_token", refresh_token: tokens["refresh_token"] ?? "" };
    expect(await (await pages.token(refresh)).json()).not.toHaveProperty("id_token");
  });

  it("are without it by the API's refreshes too", async () => {
    const { page } = await pages.signIn(email, { scope: "aws.cognito.signin.user.admin" });
    const { refresh_token: token = "" } = await pages.exchange(page);
    const { clientId: ClientId } = pages;
    const { cognito } = aws.clients;
    const results = await Promise.all([
      cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: token })),
      cognito.send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: "REFRESH_TOKEN_AUTH",
          AuthParameters: { REFRESH_TOKEN: token },
        }),
      ),
    ]);
    for (const { AuthenticationResult } of results) {
      expect(AuthenticationResult).toHaveProperty("AccessToken");
      expect(AuthenticationResult).not.toHaveProperty("IdToken");
    }
  });

  it("say when the user signed in, not when the code was exchanged", async () => {
    const signedInAt = Math.floor(aws.now() / 1000);
    const { browser } = await pages.signIn(email);
    aws.advance(600_000);
    const page = await browser.visit(pages.address("oauth2/authorize"));
    const { id_token: token = "" } = await pages.exchange(page);
    expect(claimsOf(token)).toMatchObject({ auth_time: signedInAt });
  });
});

describe("a refresh token", () => {
  it("rotates here too, and works no more after the grace period", async () => {
    const rotating = await createLoginPages(
      aws,
      {},
      {
        explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
      },
    );
    await createUser(aws, rotating.poolId, email);
    const { page } = await rotating.signIn(email);
    const { refresh_token: old = "" } = await rotating.exchange(page);
    const form = { grant_type: "refresh_token", refresh_token: old };
    const next = await tokensIn(await rotating.token(form));
    expect(next["refresh_token"]).not.toBe(old);
    expect((await rotating.token(form)).status).toBe(200);
    aws.advance(10_000);
    expect(await refusal(await rotating.token(form))).toEqual([400, { error: "invalid_grant" }]);
  });

  it.each(["made-up", "a.b.c"])("that was never issued is no grant: %s", async (token) => {
    const form = { grant_type: "refresh_token", refresh_token: token };
    expect(await refusal(await pages.token(form))).toEqual([400, { error: "invalid_grant" }]);
  });

  it("is not taken from a client that may not refresh", async () => {
    const flows = { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH" as const] };
    const other = await createLoginPages(aws, {}, flows);
    const form = { grant_type: "refresh_token", refresh_token: "any" };
    expect(await refusal(await other.token(form))).toEqual([400, { error: "unauthorized_client" }]);
  });
});
