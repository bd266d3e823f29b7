/** Which tokens the check of a user pool accepts. */
import { FetchError, JwtExpiredError, JwtInvalidSignatureError } from "aws-jwt-verify/error";
import { describe, expect, test, vi } from "vitest";
import {
  KeysUnavailableError,
  TokenRefusedError,
} from "../../packages/functions/src/auth/errors.ts";
import { createTokenVerifiers } from "../../packages/functions/src/auth/verify-token.ts";
import { describeError } from "@secure-lambda/core/describe-error";
import { hmacSigner, createTestPool, pool1, pool2 } from "./pools.ts";
import { config } from "./set-up-app.ts";
import { otherTexts } from "../../packages/local/test/support/token-texts.ts";

const now = () => Math.floor(Date.now() / 1_000);
const unsigned = () => Buffer.alloc(0);
const successor = createTestPool(pool1.auth.userPoolId, pool1.auth.clientId, "subject-1");
const [newKey] = successor.auth.jwks.keys.map((key) => ({ ...key, kid: "new-key" }));
const newToken = successor.token({ header: { kid: "new-key" } });

/** The checks of pools 1 and 2 where Cognito publishes `published`, or cannot be reached. */
function setUp(published?: object) {
  const fetched: string[] = [];
  const verifyTokenOf = createTokenVerifiers(config.userPools, {
    fetch: async (uri) => {
      fetched.push(uri);
      if (published === undefined) throw new FetchError(uri, "unreachable");
      return new TextEncoder().encode(JSON.stringify(published)).buffer;
    },
  });
  return { verify: verifyTokenOf(1), verify2: verifyTokenOf(2), fetched };
}

/** The class of the error for which a token is refused. */
async function reasonOf(check: Promise<unknown>): Promise<string | undefined> {
  const refusal: unknown = await check.catch((error: unknown) => error);
  if (!(refusal instanceof TokenRefusedError)) throw new Error("The token was not refused.");
  return describeError(refusal).cause?.type;
}

describe("a valid ID token of the route's pool and client", () => {
  test.each([
    ["bare", (token: string) => token],
    ["after Bearer", (token: string) => `Bearer ${token}`],
    ["after bearer", (token: string) => `bearer ${token}`],
    ["after BEARER and more spaces", (token: string) => `BEARER   ${token}`],
  ])("is accepted %s, without fetching keys", async (_, header) => {
    const { verify, fetched } = setUp();
    expect(await verify(header(pool1.token()))).toEqual({ subject: "subject-1" });
    expect(fetched).toEqual([]);
  });

  test("a pool has one check, whichever of its routes asks", () => {
    const verifyTokenOf = createTokenVerifiers(config.userPools, {
      fetch: async () => new ArrayBuffer(),
    });
    expect(verifyTokenOf(1)).toBe(verifyTokenOf(1));
    expect(verifyTokenOf(1)).not.toBe(verifyTokenOf(2));
  });

  test("is accepted only by its own pool's check", async () => {
    const { verify, verify2 } = setUp();
    expect(await verify2(pool2.token())).toEqual({ subject: "subject-2" });
    await expect(verify(pool2.token())).rejects.toBeInstanceOf(TokenRefusedError);
    await expect(verify2(pool1.token())).rejects.toBeInstanceOf(TokenRefusedError);
  });
});

describe("a header without one token is refused", () => {
  test.each([
    ["there is no header", undefined],
    ["it is empty", ""],
    ["it is only a scheme", "Bearer"],
    ["it is a scheme and a space", "Bearer "],
    ["it has another scheme", `Basic ${pool1.token()}`],
    ["it holds two tokens", `${pool1.token()} ${pool1.token()}`],
    ["it is two headers joined", `Bearer ${pool1.token()}, Bearer ${pool1.token()}`],
    ["it is garbage", "Bearer garbage"],
    ["it is garbage with dots", "Bearer a.b.c"],
    ["its payload is no object", `${pool1.token().split(".")[0]}.${btoa("7")}.c2ln`],
  ])("when %s", async (_, header) => {
    await expect(setUp().verify(header)).rejects.toBeInstanceOf(TokenRefusedError);
  });
});

describe("a token is refused", () => {
  const [header, , signature] = pool1.token().split(".");
  const tampered = Buffer.from(JSON.stringify({ sub: "admin", exp: now() + 60 }));

  test.each([
    ["it expired a second ago", pool1.token({ claims: { exp: now() - 1 } })],
    ["it is not valid yet", pool1.token({ claims: { nbf: now() + 3_600 } })],
    ["it never expires", pool1.token({ claims: { exp: undefined } })],
    ["it has no subject", pool1.token({ claims: { sub: undefined } })],
    ["it is for another client", pool1.token({ claims: { aud: pool2.auth.clientId } })],
    ["it is for no client", pool1.token({ claims: { aud: undefined } })],
    [
      "it is an access token",
      pool1.token({
        claims: { token_use: "access", aud: undefined, client_id: pool1.auth.clientId },
      }),
    ],
    ["it does not say its use", pool1.token({ claims: { token_use: undefined } })],
    ["it is of no issuer", pool1.token({ claims: { iss: undefined } })],
    [
      "its issuer is another pool, though its own pool signed it",
      pool1.token({
        claims: { iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool2AbCd" },
      }),
    ],
    [
      "its issuer is another region",
      pool1.token({
        claims: { iss: "https://cognito-idp.eu-west-1.amazonaws.com/us-east-1_Pool1AbCd" },
      }),
    ],
    ["another pool's key signed it under this pool's key id", pool1.token({ signer: pool2.sign })],
    ["its payload was changed", `${header}.${tampered.toString("base64url")}.${signature}`],
    ["its signature is missing", pool1.token({ signer: unsigned })],
    ["it claims to need no signature", pool1.token({ header: { alg: "none" }, signer: unsigned })],
    ["it claims to need none but has one", pool1.token({ header: { alg: "none" } })],
    ["it claims another RSA algorithm", pool1.token({ header: { alg: "RS512" } })],
    [
      "the public key was used as a shared secret",
      pool1.token({ header: { alg: "HS256" }, signer: hmacSigner(pool1.publicPem) }),
    ],
    [
      "it has a critical header, none of which is supported",
      pool1.token({ header: { crit: ["b64"], b64: false } }),
    ],
    ["it names no key", pool1.token({ header: { kid: undefined } })],
  ])("when %s", async (_, token) => {
    const { verify, fetched } = setUp();
    await expect(verify(`Bearer ${token}`)).rejects.toBeInstanceOf(TokenRefusedError);
    expect(fetched).toEqual([]);
  });
});

test("a token has one text: no other padding or last bits of a part", async () => {
  const { verify } = setUp();
  const token = pool1.token();
  const accepted: string[] = [];
  for (const text of otherTexts(token)) {
    const caller = await verify(text).catch((error: unknown) => error);
    if (!(caller instanceof TokenRefusedError)) accepted.push(text.slice(-6));
  }
  expect(accepted).toEqual([]);
  expect(await verify(token)).toEqual({ subject: "subject-1" });
});

describe("a token that names an unknown key", () => {
  test("is accepted when the pool has published that key", async () => {
    const { verify, fetched } = setUp({ keys: [newKey] });
    expect(await verify(newToken)).toEqual({ subject: "subject-1" });
    expect(await verify(newToken)).toEqual({ subject: "subject-1" });
    expect(fetched).toEqual([
      "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool1AbCd/.well-known/jwks.json",
    ]);
  });

  test("is refused when the pool has no such key, and the keys are not fetched again at once", async () => {
    const { verify, fetched } = setUp(pool1.auth.jwks);
    expect(await reasonOf(verify(newToken))).toBe("KidNotFoundInJwksError");
    expect(await reasonOf(verify(newToken))).toBe("WaitPeriodNotYetEndedJwkError");
    expect(fetched).toHaveLength(1);
    expect(await verify(pool1.token())).toEqual({ subject: "subject-1" });
  });

  test("is held back for ten seconds after the keys could not be fetched", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const { verify, verify2, fetched } = setUp();
      const expectHeldBack = async () => {
        await expect(verify(newToken)).rejects.toBeInstanceOf(KeysUnavailableError);
      };
      await expectHeldBack();
      await expectHeldBack();
      vi.advanceTimersByTime(9_999);
      await expectHeldBack();
      expect(fetched).toHaveLength(1);
      expect(await verify(pool1.token())).toEqual({ subject: "subject-1" });
      expect(await verify2(pool2.token())).toEqual({ subject: "subject-2" });
      vi.advanceTimersByTime(1);
      await expectHeldBack();
      expect(fetched).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    ["cannot be fetched", undefined],
    ["are not a key set", { keys: "none" }],
    ["are not keys", { keys: [{ kty: 7 }] }],
  ])("cannot be checked when the pool's keys %s", async (_, published) => {
    const { verify, fetched } = setUp(published);
    await expect(verify(newToken)).rejects.toBeInstanceOf(KeysUnavailableError);
    await expect(verify(newToken)).rejects.toBeInstanceOf(KeysUnavailableError);
    expect(fetched).toHaveLength(1);
    expect(await verify(pool1.token())).toEqual({ subject: "subject-1" });
  });
});

test.each([
  ["JwtExpiredError", new JwtExpiredError("hunter2", 1)],
  ["JwtInvalidSignatureError", new JwtInvalidSignatureError("hunter2")],
  ["FetchError", new FetchError("hunter2", "hunter2")],
])("a %s says its name also where the bundle has shortened its class's", (type, error) => {
  expect(error.name).toBe(type);
});

test("what a refusal says holds nothing of the token", async () => {
  const token = pool1.token({ claims: { aud: "another-client", email: "ada@example.com" } });
  const refusal: unknown = await setUp()
    .verify(token)
    .catch((error: unknown) => error);
  expect(String(refusal)).toBe("TokenRefusedError: The token is not valid here.");
});
