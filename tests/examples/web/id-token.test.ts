/** What the page reads of an ID token. */
import { describe, expect, it } from "vitest";
import { claimsOf, millisecondsLeft } from "../../../examples/web/id-token.js";
import { idToken } from "./tokens.ts";

describe("the claims of a token", () => {
  it.each([
    { exp: 1, email: "ada@example.com" },
    // Base64url with each of the characters that base64 writes otherwise, and UTF-8.
    { exp: 1, name: "Zoë 🙂 ~~~???>>>" },
  ])("are read: %j", (claims) => {
    expect(claimsOf(idToken(claims))).toEqual(claims);
  });

  it.each([
    ["empty", ""],
    ["of one part", "abc"],
    ["not base64url", "a.%%%.c"],
    ["not JSON", `a.${Buffer.from("{").toString("base64url")}.c`],
    ["null", `a.${Buffer.from("null").toString("base64url")}.c`],
    ["without an expiry", idToken({ email: "ada@example.com" })],
    ["with an expiry that is no number", idToken({ exp: "soon" })],
  ])("are not made up for a text that is %s", (_, text) => {
    expect(() => claimsOf(text)).toThrow(Error);
  });
});

describe("what is left of a token", () => {
  it.each([
    [1_000, 999_000, 1_000],
    [1_000, 1_000_000, 0],
    [1_000, 2_000_000, 0],
  ])("that expires at second %i, at %i ms: %i ms", (exp, now, left) => {
    expect(millisecondsLeft({ exp }, now)).toBe(left);
  });
});
