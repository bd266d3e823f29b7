/** Patterns of policies, from both sides. */
import { expect, test } from "vitest";
import { arnLike, like } from "../../../src/services/iam/patterns.ts";

test.each([
  ["abc", "abc"],
  ["*", ""],
  ["*", "anything\nat all"],
  ["a*", "a"],
  ["*c", "abc"],
  ["a*c", "ac"],
  ["a*b*c", "a-b-b-c"],
  ["a**c", "abc"],
  ["?", "x"],
  ["a?c", "a😀c"],
  ["*ab", "aab"],
  ["a.c", "a.c"],
  ["$(x)[y]", "$(x)[y]"],
  ["*", "*"],
])("%j takes %j", (pattern, text) => {
  expect(like(pattern, text)).toBe(true);
});

test.each([
  ["abc", "abcd"],
  ["abc", "ab"],
  ["", "a"],
  ["?", ""],
  ["?", "xy"],
  ["a*c", "ab"],
  ["a.c", "abc"],
  ["ABC", "abc"],
  ["a*b", "a*bc"],
])("%j does not take %j", (pattern, text) => {
  expect(like(pattern, text)).toBe(false);
});

test("many stars over a long text come to an end", () => {
  expect(like("*a*a*a*a*a*a*x", "a".repeat(5_000))).toBe(false);
});

test("a star of an ARN's part stays in that part", () => {
  expect(arnLike("arn:aws:sns:*:000000000000:a*", "arn:aws:sns:us-east-1:000000000000:ab")).toBe(
    true,
  );
  expect(arnLike("arn:aws:*:b", "arn:aws:sns:us-east-1:000000000000:b")).toBe(false);
});
