/** One-time passwords, compared with RFC 6238 and with a library of authenticators. */
import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { decodeBase32, encodeBase32 } from "../../../src/services/cognito/base32.ts";
import { totpCode, totpStepAt } from "../../../src/services/cognito/totp.ts";

describe("a one-time password", () => {
  // RFC 6238, appendix B: the last six of the eight digits for SHA-1.
  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("is at second %i the one of RFC 6238", (second, code) => {
    const secret = encodeBase32(Buffer.from("12345678901234567890"));
    expect(totpCode(secret, totpStepAt(second * 1000))).toBe(code);
  });

  it("is the one that authenticators show, for secrets of any length", () => {
    for (let length = 10; length <= 64; length += 1) {
      const secret = encodeBase32(randomBytes(length));
      const authenticator = new TOTP({ secret: Secret.fromBase32(secret) });
      const timestamp = length * 1_234_567_891;
      expect(totpCode(secret, totpStepAt(timestamp))).toBe(authenticator.generate({ timestamp }));
    }
  });
});

describe("base32", () => {
  // RFC 4648, 10, without padding.
  it.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("of %j is %j, and back", (text, encoded) => {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded);
    expect(decodeBase32(encoded).toString()).toBe(text);
  });

  it.each(["mzxw6", "MZXW1", "MZ=="])("rejects %j", (text) => {
    expect(() => decodeBase32(text)).toThrow("Not base32");
  });
});
