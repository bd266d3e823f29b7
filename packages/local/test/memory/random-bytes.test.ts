/** Random bytes that are drawn many at a time. */
import { expect, it } from "vitest";
import { randomBytes } from "../../src/memory/random-bytes.ts";

it("gives none twice, and changes nothing that it gave", () => {
  const first = randomBytes(16);
  const kept = first.toString("hex");
  const given = Array.from({ length: 1_000 }, () => randomBytes(16).toString("hex"));
  expect(new Set([kept, ...given]).size).toBe(1_001);
  expect(first.toString("hex")).toBe(kept);
});

it("gives any count up to what is drawn at once, and draws again", () => {
  const lengths = [1, 4_000, 200, 4_096].map((count) => randomBytes(count).length);
  expect(lengths).toEqual([1, 4_000, 200, 4_096]);
});
