/**
 * The code grant with PKCE, by a client that others wrote: openid-client, which checks state, nonce,
 * issuer, audience and signature by itself.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
 * Source: https://github.com/swisstopo/swissgeol-boreholes-suite/pull/1066
 */
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { createUser } from "../pools-and-users.ts";
import { callbackUrl, createLoginPages, logoutUrl, type LoginPages } from "./login-pages.ts";

const email = "ada@example.com";

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
  await createUser(aws, pages.poolId, email);
});
afterAll(() => aws.stop());

/** Addresses of the local cloud as https: openid-client calls no others. */
const asHttps = (text: string) => text.replaceAll(aws.url, aws.url.replace("http:", "https:"));

/** Where such an address is, and AWS's host name, which `processes/stay-local.ts` finds for functions. */
const localOf = (url: string) =>
  url.replace(asHttps(aws.url), aws.url).replace(/^https:\/\/cognito-idp\.[^/]+/, aws.url);

/** Calls the local cloud, which names itself as https to openid-client. */
const reachLocally: client.CustomFetch = async (url, options) => {
  const response = await fetch(localOf(url), { ...options, body: options.body ?? null });
  return new Response(asHttps(await response.text()), response);
};

/** The client's configuration, from the discovery document of the issuer. */
function discover({ clientId, clientSecret, poolId }: LoginPages) {
  const issuer = new URL(aws.cognito.issuer(poolId));
  const options = { [client.customFetch]: reachLocally };
  return client.discovery(issuer, clientId, clientSecret, undefined, options);
}

/** A sign-in from the request to the tokens. */
async function signIn(at: LoginPages) {
  const config = await discover(at);
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const parameters = {
    redirect_uri: callbackUrl,
    scope: "openid email",
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  };
  const request = client.buildAuthorizationUrl(config, parameters);
  const { page } = await at.signIn(email, Object.fromEntries(request.searchParams));
  const tokens = await client.authorizationCodeGrant(config, page.url, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  return { config, tokens, claims: present(tokens.claims()) };
}

describe("openid-client", () => {
  it("signs a user in, reads the user, refreshes, revokes, and signs out", async () => {
    const { config, tokens, claims } = await signIn(pages);
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3600 });
    expect(claims).toMatchObject({ aud: pages.clientId, email, email_verified: true });

    const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
    expect(info).toMatchObject({ sub: claims.sub, email, email_verified: "true" });

    const refreshToken = present(tokens.refresh_token);
    const refreshed = await client.refreshTokenGrant(config, refreshToken);
    expect(refreshed.claims()).toMatchObject({ sub: claims.sub, email });

    await client.tokenRevocation(config, refreshToken);
    await expect(client.refreshTokenGrant(config, refreshToken)).rejects.toMatchObject({
      error: "invalid_grant",
    });
    const logout = client.buildEndSessionUrl(config, { logout_uri: logoutUrl });
    const response = await fetch(localOf(logout.href), { redirect: "manual" });
    expect(response.headers.get("location")).toBe(logoutUrl);
  });

  it("authenticates a client by its secret, in the header and in the form", async () => {
    const confidential = await createLoginPages(aws, {}, { generateSecret: true });
    await createUser(aws, confidential.poolId, email);
    const { config, tokens } = await signIn(confidential);
    expect(tokens.claims()).toMatchObject({ aud: confidential.clientId });
    const { clientId, clientSecret = "" } = confidential;
    const basic = new client.Configuration(
      config.serverMetadata(),
      clientId,
      undefined,
      client.ClientSecretBasic(clientSecret),
    );
    basic[client.customFetch] = reachLocally;
    const refreshToken = present(tokens.refresh_token);
    await expect(client.refreshTokenGrant(basic, refreshToken)).resolves.toHaveProperty("id_token");
  });
});

it("the discovery document names what AWS's does, at addresses that a browser reaches", async () => {
  const issuer = aws.cognito.issuer(pages.poolId);
  const document = await fetch(localOf(`${issuer}/.well-known/openid-configuration`));
  expect(await document.json()).toMatchObject({
    issuer,
    authorization_endpoint: `${pages.login}/oauth2/authorize`,
    token_endpoint: `${pages.login}/oauth2/token`,
    userinfo_endpoint: `${pages.login}/oauth2/userInfo`,
    revocation_endpoint: `${pages.login}/oauth2/revoke`,
    end_session_endpoint: `${pages.login}/logout`,
  });
});
