import { GetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { JwtInvalidSignatureError } from "aws-jwt-verify/error";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { present } from "../../support/present.ts";
import { otherTexts } from "../../support/token-texts.ts";
import * as fixtures from "./pools-and-users.ts";

type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;

let aws: StartedCloud;
let one: Pool;
let two: Pool;
let user: { username: string; sub: string };
beforeAll(async () => {
  aws = await startTestCloud();
  [one, two] = await Promise.all([fixtures.createPool(aws), fixtures.createPool(aws)]);
  user = await fixtures.createUser(aws, one.poolId, "ada@example.com");
});
afterAll(() => aws.stop());

const jwksSchema = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal("RSA"),
      alg: z.literal("RS256"),
      use: z.literal("sig"),
      n: z.string(),
      e: z.string(),
    }),
  ),
});

/** The public keys of a pool. */
async function jwksOf({ poolId }: Pool) {
  const response = await fetch(`${aws.url}/${poolId}/.well-known/jwks.json`);
  expect(response.headers.get("content-type")).toContain("application/json");
  return jwksSchema.parse(await response.json());
}

/** AWS's own verifier for a pool and a use of its tokens, holding the given keys. */
function verifierFor(pool: Pool, jwks: z.output<typeof jwksSchema>, tokenUse: "id" | "access") {
  const { poolId: userPoolId, clientId } = pool;
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse });
  verifier.cacheJwks(jwks);
  return verifier;
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
const getUser = (AccessToken: string) =>
  aws.clients.cognito.send(new GetUserCommand({ AccessToken }));
const invalid = { name: "NotAuthorizedException", message: "Invalid Access Token" };

test("AWS's own verifier accepts the ID token and the access token", async () => {
  const { IdToken, AccessToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  const id = verifierFor(one, await jwksOf(one), "id");
  expect(id.verifySync(IdToken)).toMatchObject({ sub: user.sub, token_use: "id" });
  const access = verifierFor(one, await jwksOf(one), "access");
  expect(access.verifySync(AccessToken)).toMatchObject({ sub: user.sub, token_use: "access" });
});

test("a token of one pool does not pass for another, not even with the keys mixed up", async () => {
  const { IdToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  const other = verifierFor(two, await jwksOf(two), "id");
  expect(() => other.verifySync(IdToken)).toThrow("issuer not configured");

  const [own] = (await jwksOf(one)).keys;
  const [foreign] = (await jwksOf(two)).keys;
  const mixedUp = { keys: [{ ...present(foreign), kid: present(own).kid }] };
  const mixed = verifierFor(one, mixedUp, "id");
  expect(() => mixed.verifySync(IdToken)).toThrow(JwtInvalidSignatureError);
});

test("the ID token has every claim of Cognito's, in its types", async () => {
  const { IdToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  const now = Math.floor(aws.now() / 1000);
  expect(fixtures.claimsOf(IdToken)).toEqual({
    sub: user.sub,
    iss: `https://cognito-idp.us-east-1.amazonaws.com/${one.poolId}`,
    aud: one.clientId,
    token_use: "id",
    "cognito:username": user.username,
    email: "ada@example.com",
    email_verified: true,
    origin_jti: expect.any(String),
    jti: expect.any(String),
    event_id: expect.any(String),
    auth_time: now,
    iat: now,
    exp: now + 3600,
  });
});

// Source: https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e4/skills/core-skills/aws-auth/references/tokens-and-sessions.md
test("the access token names the client and the scope, and no e-mail address", async () => {
  const { AccessToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  const now = Math.floor(aws.now() / 1000);
  expect(fixtures.claimsOf(AccessToken)).toEqual({
    sub: user.sub,
    iss: aws.cognito.issuer(one.poolId),
    client_id: one.clientId,
    token_use: "access",
    scope: "aws.cognito.signin.user.admin",
    username: user.username,
    origin_jti: expect.any(String),
    jti: expect.any(String),
    event_id: expect.any(String),
    auth_time: now,
    iat: now,
    exp: now + 3600,
  });
});

test("tokens live as long as the client's settings say", async () => {
  const { clientId } = aws.cognito.createClient(one.poolId, {
    name: "short",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    accessTokenValidity: 5,
    idTokenValidity: 2,
    tokenValidityUnits: { accessToken: "minutes" },
    enableTokenRevocation: false,
  });
  const tokens = await fixtures.signIn(aws, clientId, "ada@example.com");
  const now = Math.floor(aws.now() / 1000);
  expect(tokens.ExpiresIn).toBe(300);
  expect(fixtures.claimsOf(tokens.AccessToken)).toMatchObject({ exp: now + 300 });
  expect(fixtures.claimsOf(tokens.IdToken)).toMatchObject({ exp: now + 7200 });
});

test("a client without token revocation gets no claims for it", async () => {
  const { clientId } = aws.cognito.createClient(one.poolId, {
    name: "irrevocable",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    enableTokenRevocation: false,
  });
  const { AccessToken } = await fixtures.signIn(aws, clientId, "ada@example.com");
  const claims = fixtures.claimsOf(AccessToken);
  expect(claims).not.toHaveProperty("origin_jti");
  expect(claims).not.toHaveProperty("jti");
});

test("GetUser returns the attributes of an access token's user", async () => {
  const { AccessToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  const output = await getUser(AccessToken);
  expect(output.Username).toBe(user.username);
  expect(output.UserAttributes).toContainEqual({ Name: "email", Value: "ada@example.com" });
});

test("an access token is rejected once it has expired by the clock", async () => {
  const { AccessToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  const { exp } = z.object({ exp: z.number() }).parse(fixtures.claimsOf(AccessToken));
  aws.advance(exp * 1000 - aws.now() - 1000);
  await expect(getUser(AccessToken)).resolves.toHaveProperty("Username");
  aws.advance(1000);
  await expect(getUser(AccessToken)).rejects.toMatchObject({
    name: "NotAuthorizedException",
    message: "Access Token has expired",
  });
});

test("GetUser rejects an ID token", async () => {
  const { IdToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  await expect(getUser(IdToken)).rejects.toMatchObject(invalid);
});

/** Forgeries of a real token without the pool's key. */
const forgeries: Record<string, (parts: Parts) => string> = {
  "alg none": ({ payload }) => `${encode({ alg: "none", typ: "JWT" })}.${payload}.`,
  "alg none with the signature": ({ payload, signature }) =>
    `${encode({ alg: "none", typ: "JWT" })}.${payload}.${signature}`,
  "HS256 keyed with the public key": ({ payload, kid }) => {
    const signed = `${encode({ alg: "HS256", kid })}.${payload}`;
    const publicKey = JSON.stringify(aws.cognito.jwks(one.poolId));
    return `${signed}.${createHmac("sha256", publicKey).update(signed).digest("base64url")}`;
  },
  "another key": ({ header, payload }) => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signed = `${header}.${payload}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
  },
  "changed claims": ({ header, claims, signature }) =>
    `${header}.${encode({ ...claims, sub: "another-user" })}.${signature}`,
  "the issuer of another pool": ({ header, claims, signature }) =>
    `${header}.${encode({ ...claims, iss: aws.cognito.issuer(two.poolId) })}.${signature}`,
  "no signature": ({ header, payload }) => `${header}.${payload}`,
  "no token at all": () => "made up",
};
type Parts = Record<"header" | "payload" | "signature" | "kid", string> & { claims: object };

test.each(Object.keys(forgeries))("GetUser rejects an access token with %s", async (name) => {
  const { AccessToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  const [header = "", payload = "", signature = ""] = AccessToken.split(".");
  const kid = present(aws.cognito.jwks(one.poolId).keys[0]?.kid);
  const claims = fixtures.claimsOf(AccessToken);
  const forgery = present(forgeries[name])({ header, payload, signature, kid, claims });
  await expect(getUser(forgery)).rejects.toMatchObject(invalid);
});

test("GetUser rejects an access token with padding or other last bits of a part", async () => {
  const { AccessToken } = await fixtures.signIn(aws, one.clientId, "ada@example.com");
  for (const text of otherTexts(AccessToken)) {
    await expect(getUser(text)).rejects.toMatchObject(invalid);
  }
});

test("the discovery document names the issuer of the tokens, and only for pools that exist", async () => {
  const read = (poolId: string) => fetch(`${aws.url}/${poolId}/.well-known/openid-configuration`);
  expect(await (await read(one.poolId)).json()).toMatchObject({
    issuer: aws.cognito.issuer(one.poolId),
    jwks_uri: `${aws.cognito.issuer(one.poolId)}/.well-known/jwks.json`,
  });
  expect((await read("us-east-1_Nowhere01")).status).toBe(403);
});

test("a pool's private key is in no document and no description", async () => {
  const text = JSON.stringify([await jwksOf(one), aws.cognito.jwks(one.poolId)]);
  for (const member of ['"d"', '"p"', '"q"']) expect(text).not.toContain(member);
});
