/** Code verifiers and their challenges. */
import { expect, it } from "vitest";
import { challengeOf, randomText } from "../../../examples/web/pkce.js";

it("makes the challenge of RFC 7636's example", async () => {
  await expect(challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).resolves.toBe(
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

it("makes verifiers of 256 bits, each another, in the characters and lengths that RFC 7636 allows", () => {
  const texts = Array.from({ length: 200 }, () => randomText());
  expect(new Set(texts).size).toBe(texts.length);
  for (const text of texts) expect(text).toMatch(/^[\w-]{43}$/);
});
