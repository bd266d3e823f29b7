/** Signing in on the hosted login page: the code grant with PKCE, and every answer that is not ours. */
import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { challengeOf } from "../../../examples/web/pkce.js";
import {
  completeSignIn,
  loginAddress,
  logoutAddress,
} from "../../../examples/web/sign-in-by-login-page.js";
import { idToken } from "./tokens.ts";

const poolOf = (number: number) => ({
  number,
  clientId: `client-${number}`,
  loginUrl: `https://app-${number}.auth.us-east-1.amazoncognito.com`,
  route: { method: "POST", path: `/lambda${number}`, example: { name: "Ada" } },
});
const pools = [poolOf(1), poolOf(2)];
const redirectUri = "https://app.example.com/";

let kept: Map<string, string>;
let storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
beforeEach(() => {
  kept = new Map();
  storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
});

/** Begins a sign-in to pool 2; the parameters with which the tab goes to its login page. */
async function begin() {
  const address = await loginAddress(poolOf(2), { redirectUri, storage });
  return { address, asked: Object.fromEntries(address.searchParams) };
}

/** The verifier that the tab keeps meanwhile. */
const keptVerifier = () =>
  z.object({ verifier: z.string() }).parse(JSON.parse([...kept.values()].join())).verifier;

/** Comes back from the login page; Cognito answers with this to the code. */
async function comeBack(query: Record<string, string>, token: object, status = 200) {
  const requests: Request[] = [];
  const send: typeof fetch = async (input, init) => {
    requests.push(new Request(input, init));
    return Response.json(token, { status });
  };
  const tab = { redirectUri, storage, send };
  const result = await completeSignIn(new URLSearchParams(query), pools, tab);
  return { result, requests };
}

describe("the way to the login page", () => {
  it("asks for a code, with a challenge of the verifier that stays here", async () => {
    const { address, asked } = await begin();
    const verifier = keptVerifier();
    expect(`${address.origin}${address.pathname}`).toBe(
      "https://app-2.auth.us-east-1.amazoncognito.com/oauth2/authorize",
    );
    expect(asked).toEqual({
      response_type: "code",
      client_id: "client-2",
      redirect_uri: redirectUri,
      scope: "openid email",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: await challengeOf(verifier),
      code_challenge_method: "S256",
    });
    expect(address.href).not.toContain(verifier);
  });

  it("is another each time", async () => {
    const [first, second] = [await begin(), await begin()];
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(first.asked[name]).not.toBe(second.asked[name]);
    }
  });
});

describe("the way back", () => {
  it("exchanges the code with the verifier, and gives the ID token and its pool", async () => {
    const { asked } = await begin();
    const verifier = keptVerifier();
    const token = idToken({ exp: 1, aud: "client-2", nonce: asked["nonce"] });
    const query = { code: "code-1", state: asked["state"] ?? "" };
    const { result, requests } = await comeBack(query, { id_token: token, refresh_token: "r" });
    expect(result).toEqual({ pool: poolOf(2), idToken: token });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST https://app-2.auth.us-east-1.amazoncognito.com/oauth2/token",
    ]);
    const body = new URLSearchParams(await requests[0]?.text());
    expect(Object.fromEntries(body)).toEqual({
      grant_type: "authorization_code",
      client_id: "client-2",
      redirect_uri: redirectUri,
      code: "code-1",
      code_verifier: verifier,
    });
    expect(kept.size, "nothing stays in the tab's storage").toBe(0);
  });

  it("is none for a page that is opened in any other way", async () => {
    await begin();
    for (const query of [{}, { state: "a" }, { other: "b" }]) {
      const { result, requests } = await comeBack(query, {});
      expect([result, requests]).toEqual([undefined, []]);
    }
    expect(kept.size, "the attempt goes on").toBe(1);
  });

  it.each<[string, (state: string) => Record<string, string>]>([
    ["another state", () => ({ code: "code-1", state: "another" })],
    ["no state", () => ({ code: "code-1" })],
    ["an empty state", () => ({ code: "code-1", state: "" })],
    ["an error, and another state", () => ({ error: "access_denied", state: "another" })],
  ])("with %s is refused, and the attempt is over", async (_, query) => {
    const { asked } = await begin();
    const state = asked["state"] ?? "";
    await expect(comeBack(query(state), {})).rejects.toThrow("no answer to a sign-in");
    await expect(comeBack({ code: "code-1", state }, {})).rejects.toThrow("no answer to a sign-in");
  });

  it.each([{ code: "code-1", state: "undefined" }, { code: "code-1" }, { error: "a", state: "b" }])(
    "to a tab that began no sign-in is refused: %j",
    async (query) => {
      await expect(comeBack(query, {})).rejects.toThrow("no answer to a sign-in");
    },
  );

  it("says what the login page says", async () => {
    const { asked } = await begin();
    const query = {
      error: "access_denied",
      error_description: "Not today",
      state: asked["state"] ?? "",
    };
    await expect(comeBack(query, {})).rejects.toThrow("Not today");
  });

  it("says so when Cognito gives no token", async () => {
    const { asked } = await begin();
    const query = { code: "code-1", state: asked["state"] ?? "" };
    await expect(comeBack(query, { error: "invalid_grant" }, 400)).rejects.toThrow("invalid_grant");
  });

  it.each<[string, (nonce: string) => object]>([
    ["of another sign-in", () => ({ exp: 1, aud: "client-2", nonce: "another" })],
    ["without a nonce", () => ({ exp: 1, aud: "client-2" })],
    ["of another client", (nonce) => ({ exp: 1, aud: "client-1", nonce })],
  ])("refuses a token %s", async (_, claims) => {
    const { asked } = await begin();
    const query = { code: "code-1", state: asked["state"] ?? "" };
    const answer = { id_token: idToken(claims(asked["nonce"] ?? "")) };
    await expect(comeBack(query, answer)).rejects.toThrow("not issued for this sign-in");
  });
});

it("a sign-out ends Cognito's session too, and leads back", () => {
  const { origin, pathname, searchParams } = logoutAddress(poolOf(1), redirectUri);
  expect(`${origin}${pathname}`).toBe("https://app-1.auth.us-east-1.amazoncognito.com/logout");
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: "client-1",
    logout_uri: redirectUri,
  });
});
