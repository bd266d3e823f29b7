/**
 * The Cognito authorizer, with real RSA keys.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
 */
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createTokenVerifier } from "../../../src/services/api-gateway/execute-api/cognito-token.ts";
import { otherTexts } from "../../support/token-texts.ts";
import { createHarness, deploy, type MethodSketch, outcome } from "./gateway-harness.ts";
import { accessClaims, createPool, encode, idClaims, type Pool, sign } from "./tokens.ts";

const one = createPool("us-east-1_PoolOne11");
const two = createPool("us-east-1_PoolTwo22");
const pools = new Map([one, two].map((pool) => [pool.id, pool]));

function find(id: string): Pool {
  const pool = pools.get(id);
  if (!pool) throw new Error(`There is no pool ${id}.`);
  return pool;
}

function serve(method: Partial<MethodSketch> = {}) {
  const harness = createHarness();
  harness.doubles.verifyToken = createTokenVerifier({
    jwks: (id) => find(id).jwks,
    issuer: (id) => find(id).issuer,
    now: () => harness.clock.now,
  });
  deploy(harness, [{ path: "/lambda1", method: "POST", pools: [one.id], ...method }]);
  const call = (authorization?: string) =>
    harness.send("/lambda1", {
      method: "POST",
      headers: authorization === undefined ? {} : { authorization },
    });
  return { ...harness, call, now: harness.clock.now };
}

type Server = ReturnType<typeof serve>;

async function errorResponse({ events }: Server, response: Response) {
  return { ...(await outcome(response)), invocations: events.length };
}

const unauthorized = {
  status: 401,
  errorType: "UnauthorizedException",
  body: '{"message":"Unauthorized"}',
  invocations: 0,
};

describe("a token that passes", () => {
  // AWS does not say which; its guide has the scheme, its toolkit the bare token.
  // Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-accessing-resources-api-gateway-and-lambda.html
  // Source: https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e4/skills/core-skills/aws-auth/references/api-authorization.md
  it.each(["", "Bearer ", "bearer ", "BEARER  "])("is an ID token after %j", async (scheme) => {
    const server = serve();
    const response = await server.call(scheme + sign(one, idClaims(one, server.now)));
    expect(response.status).toBe(200);
  });

  it("may be of any client of the pool", async () => {
    const server = serve();
    const claims = { ...idClaims(one, server.now), aud: "some-other-client" };
    expect((await server.call(sign(one, claims))).status).toBe(200);
  });

  it("may be of any pool of the authorizer", async () => {
    const server = serve({ pools: [one.id, two.id] });
    expect((await server.call(sign(two, idClaims(two, server.now)))).status).toBe(200);
  });

  // Source: https://github.com/amazon-archives/amazon-cognito-identity-js/issues/92
  it("reaches the function as claims that are strings", async () => {
    const server = serve();
    await server.call(sign(one, { ...idClaims(one, server.now), address: { city: "Oslo" } }));
    expect(server.events[0]).toMatchObject({
      requestContext: {
        authorizer: {
          claims: {
            iss: one.issuer,
            sub: "0a1b2c3d",
            aud: "client1",
            token_use: "id",
            email: "user1@example.com",
            email_verified: "true",
            "cognito:groups": "readers,writers",
            auth_time: String(Math.floor(server.now / 1000)),
            iat: "Sun Nov 22 23:14:05 UTC 2026",
            exp: "Mon Nov 23 00:14:05 UTC 2026",
            address: '{"city":"Oslo"}',
          },
        },
      },
    });
  });

  it("is looked for in the header that the authorizer names", async () => {
    const server = serve({ identitySource: "method.request.header.X-Token" });
    const token = sign(one, idClaims(one, server.now));
    expect(await errorResponse(server, await server.call(token))).toEqual(unauthorized);
    const response = await server.send("/lambda1", {
      method: "POST",
      headers: { "x-token": token },
    });
    expect(response.status).toBe(200);
  });
});

describe("a token that is rejected", () => {
  // Source: https://github.com/aws-samples/serverless-patterns/issues/2254
  const forgeries: Record<string, (now: number) => string | undefined> = {
    none: () => undefined,
    empty: () => "",
    "only a scheme": () => "Bearer ",
    garbage: () => "made-up",
    "three dots of garbage": () => "a.b.c",
    "of another pool": (now) => sign(two, idClaims(two, now)),
    "signed by another pool's key under this pool's names": (now) =>
      sign(two, idClaims(one, now), { kid: `${one.id}-key` }),
    "of this key but another issuer": (now) =>
      sign(one, { ...idClaims(one, now), iss: two.issuer }),
    "alg none": (now) =>
      `${encode({ alg: "none", kid: `${one.id}-key` })}.${encode(idClaims(one, now))}.`,
    "HS256 with the public key as its secret": (now) => {
      const content = `${encode({ alg: "HS256", kid: `${one.id}-key` })}.${encode(idClaims(one, now))}`;
      const secret = one.publicKey.export({ format: "pem", type: "spki" });
      return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
    },
    "tampered with": (now) => {
      const [header, , signature] = sign(one, idClaims(one, now)).split(".");
      return `${header}.${encode({ ...idClaims(one, now), sub: "another-user" })}.${signature}`;
    },
    "an access token": (now) => sign(one, accessClaims(one, now)),
    "without an expiry": (now) => sign(one, { ...idClaims(one, now), exp: undefined }),
    "without a use": (now) => sign(one, { ...idClaims(one, now), token_use: undefined }),
    "with an unknown key id": (now) => sign(one, idClaims(one, now), { kid: "unknown" }),
    "two tokens": (now) => `${sign(one, idClaims(one, now))}, ${sign(one, idClaims(one, now))}`,
    "expired, but of another pool": (now) => sign(two, idClaims(two, now - 7_200_000)),
  };

  it.each(Object.keys(forgeries))("%s: 401 Unauthorized", async (name) => {
    const server = serve();
    expect(await errorResponse(server, await server.call(forgeries[name]?.(server.now)))).toEqual(
      unauthorized,
    );
  });

  // Source: https://datatracker.ietf.org/doc/html/rfc7515#section-2
  it("written otherwise, with padding or other last bits of a part: 401 Unauthorized", async () => {
    const server = serve();
    const token = sign(one, idClaims(one, server.now));
    const statuses: number[] = [];
    for (const text of otherTexts(token)) statuses.push((await server.call(text)).status);
    expect(statuses.length).toBeGreaterThanOrEqual(47);
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(server.events).toEqual([]);
    expect((await server.call(token)).status).toBe(200);
  });

  // Source: https://github.com/aws-amplify/amplify-js/issues/6060
  // Source: https://github.com/aws-amplify/amplify-js/issues/5934
  it("expired: 401 with a message of its own, from the second of its expiry on", async () => {
    const server = serve();
    const token = sign(one, idClaims(one, server.now));
    server.clock.now += 3_599_000;
    expect((await server.call(token)).status).toBe(200);
    server.events.length = 0;
    server.clock.now += 1_000;
    expect(await errorResponse(server, await server.call(token))).toEqual({
      ...unauthorized,
      body: '{"message":"The incoming token has expired"}',
    });
  });
});

describe("scopes of a method", () => {
  const scopes = ["orders/read", "orders/write"];

  it("let an access token pass that has any of them", async () => {
    const server = serve({ scopes });
    const token = sign(one, accessClaims(one, server.now, "openid orders/write"));
    expect((await server.call(token)).status).toBe(200);
  });

  it.each([
    ["an access token without any of them", (now: number) => sign(one, accessClaims(one, now))],
    [
      "a scope that only begins alike",
      (now: number) => sign(one, accessClaims(one, now, "orders/rea")),
    ],
    ["an ID token", (now: number) => sign(one, { ...idClaims(one, now), scope: "orders/read" })],
  ])("reject %s: 401", async (_, tokenAt) => {
    const server = serve({ scopes });
    expect(await errorResponse(server, await server.call(tokenAt(server.now)))).toEqual(
      unauthorized,
    );
  });
});

describe("the authorizer's expression for the audience", () => {
  it("lets only the clients pass that it matches as a whole", async () => {
    const server = serve({ audience: "client[0-9]" });
    const claims = idClaims(one, server.now);
    expect(
      await errorResponse(server, await server.call(sign(one, { ...claims, aud: "client12" }))),
    ).toEqual(unauthorized);
    expect((await server.call(sign(one, claims))).status).toBe(200);
  });

  it("rejects access tokens, which have no audience", async () => {
    const server = serve({ audience: ".*", scopes: ["orders/read"] });
    const token = sign(one, accessClaims(one, server.now, "orders/read"));
    expect(await errorResponse(server, await server.call(token))).toEqual(unauthorized);
  });
});

describe("an authorizer that cannot decide", () => {
  it("fails closed with 500 when its pool does not exist", async () => {
    const server = serve({ pools: ["us-east-1_Gone00000"] });
    const response = await server.call(sign(one, idClaims(one, server.now)));
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{"message":null}');
    expect(server.events).toEqual([]);
  });
});

describe("an open method", () => {
  // An emulator that invents an authorizer.
  // Source: https://github.com/dherault/serverless-offline/issues/264
  it("gives the function no authorizer, even when a token is sent", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/open" }]);
    await harness.send("/open", { headers: { authorization: sign(one, idClaims(one, 0)) } });
    expect(harness.events[0]).not.toHaveProperty("requestContext.authorizer");
  });
});
