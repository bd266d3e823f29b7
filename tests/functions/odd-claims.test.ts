/** A token that the user pool signed, whose claims no user pool issues, is refused like every bad token. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { oddClaims, runs } from "../../packages/local/test/support/odd-claims.ts";
import { pool1 } from "./pools.ts";
import { post, readProblem, setUpApp } from "./set-up-app.ts";

const statusWith = async (claims: Record<string, unknown>) => {
  const { app, publisher } = setUpApp();
  const headers = { Authorization: pool1.token({ claims }) };
  const response = await post(app, { headers });
  expect(publisher.published).toHaveLength(response.status === 200 ? 1 : 0);
  return response.status === 200 ? 200 : (await readProblem(response)).status;
};

describe("a token", () => {
  test("with one odd claim is 401", async () => {
    await fc.assert(
      fc.asyncProperty(oddClaims, async (claims) => {
        expect(await statusWith(claims)).toBe(401);
      }),
      runs,
    );
  });

  test("with odd claims of other names is taken", async () => {
    const claims = { "cognito:groups": 1e308, updated_at: "never", constructor: null };
    expect(await statusWith(claims)).toBe(200);
  });
});
