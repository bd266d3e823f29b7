/** A token that the user pool signed, whose claims no user pool issues, is rejected like every bad token. */
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { createTokenVerifier } from "../../../src/services/api-gateway/execute-api/cognito-token.ts";
import { createHarness, deploy, outcome } from "./gateway-harness.ts";
import { oddClaims, runs } from "../../support/odd-claims.ts";
import { createPool, idClaims, sign } from "./tokens.ts";

const pool = createPool("us-east-1_PoolOne11");
const harness = createHarness();
const { jwks, issuer } = pool;
harness.doubles.verifyToken = createTokenVerifier({
  jwks: () => jwks,
  issuer: () => issuer,
  now: () => harness.clock.now,
});
deploy(harness, [{ path: "/a", pools: [pool.id], audience: "client1" }]);

beforeEach(() => void harness.events.splice(0));

const call = (changes: object) => {
  const authorization = sign(pool, { ...idClaims(pool, harness.clock.now), ...changes });
  return harness.send("/a", { headers: { authorization } });
};

describe("a token", () => {
  it("with one odd claim is 401", async () => {
    await fc.assert(
      fc.asyncProperty(oddClaims, async (changes) => {
        const { status, errorType } = await outcome(await call(changes));
        expect({ status, errorType }).toEqual({ status: 401, errorType: "UnauthorizedException" });
      }),
      runs,
    );
    expect([harness.events, harness.errors]).toEqual([[], []]);
  });

  it("with odd claims of other names is taken", async () => {
    const depth = 3_000;
    const deep: unknown = JSON.parse(`${"[".repeat(depth)}1e308${"]".repeat(depth)}`);
    const odd = JSON.parse('{"__proto__":1,"constructor":null}');
    expect((await call({ ...odd, deep, "cognito:groups": -1, updated_at: {} })).status).toBe(200);
    expect(harness.errors).toEqual([]);
  });
});
