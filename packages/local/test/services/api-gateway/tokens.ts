/** User pools that sign tokens by node:crypto, so that the verification is checked from outside. */
import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";

/** Creates a user pool with a key of its own. */
export function createPool(id: string) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = {
    ...publicKey.export({ format: "jwk" }),
    kid: `${id}-key`,
    alg: "RS256",
    use: "sig",
  };
  return {
    id,
    privateKey,
    publicKey,
    issuer: `https://cognito-idp.us-east-1.amazonaws.com/${id}`,
    jwks: { keys: [{ ...jwk, kty: "RSA" }] },
  };
}

export type Pool = ReturnType<typeof createPool>;

/** Claims of an ID token that is good for an hour from `now` (ms). */
export function idClaims(pool: Pool, now: number) {
  const issuedAt = Math.floor(now / 1000);
  return {
    iss: pool.issuer,
    sub: "0a1b2c3d",
    aud: "client1",
    token_use: "id",
    email: "user1@example.com",
    email_verified: true,
    "cognito:groups": ["readers", "writers"],
    auth_time: issuedAt,
    iat: issuedAt,
    exp: issuedAt + 3600,
  };
}

/** Claims of an access token. */
export function accessClaims(pool: Pool, now: number, scope = "aws.cognito.signin.user.admin") {
  const { aud, email, email_verified: _, ...claims } = idClaims(pool, now);
  return { ...claims, token_use: "access", client_id: aud, username: email, scope };
}

/** Signs claims with a pool's key, RS256 by default. */
export function sign(pool: Pool, claims: object, header: object = {}): string {
  const parts = [{ kid: `${pool.id}-key`, alg: "RS256", ...header }, claims].map(encode);
  return [...parts, signature(pool.privateKey, parts.join("."))].join(".");
}

/** Writes a part of a token. */
export function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function signature(key: KeyObject, content: string): string {
  return createSign("RSA-SHA256").update(content).sign(key, "base64url");
}
