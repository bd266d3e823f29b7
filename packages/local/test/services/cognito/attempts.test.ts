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
  expect(unknown.size).toBe(10_000);
  expect(attemptsOfUnknown(unknown, nameOf(0)).failures).toBe(5);
  expect(attemptsOfUnknown(unknown, nameOf(1)).failures).toBe(0);
});
