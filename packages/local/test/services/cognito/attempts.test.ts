/** The counts of unknown users are bounded. */
import { expect, test } from "vitest";
import { attemptsOfUnknown, type Attempts } from "../../../src/services/cognito/attempts.ts";

const nameOf = (number: number) => `user-${number}@example.com`;

test("10,000 names are kept, and the least recently seen is dropped", () => {
  const unknown = new Map<string, Attempts>();
  attemptsOfUnknown(unknown, nameOf(0)).failures = 5;
  attemptsOfUnknown(unknown, nameOf(1)).failures = 5;
  for (let number = 2; number < 10_000; number += 1) attemptsOfUnknown(unknown, nameOf(number));
  expect(attemptsOfUnknown(unknown, nameOf(0)).failures).toBe(5);
  attemptsOfUnknown(unknown, "one-more@example.com");
  attemptsOfUnknown(unknown, "long".repeat(1_000_000));
  expect(unknown.size).toBe(10_000);
  expect(Math.max(...unknown.keys().map(({ length }) => length))).toBeLessThan(64);
  expect(attemptsOfUnknown(unknown, nameOf(0)).failures).toBe(5);
  expect(attemptsOfUnknown(unknown, nameOf(1)).failures).toBe(0);
});
