/** What is kept by secrets: how long, and how many. */
import { expect, it } from "vitest";
import { createIssuedSecrets } from "../../../src/services/cognito/issued-secrets.ts";

let time = 0;
const create = (most: number) =>
  createIssuedSecrets<string>({ lifetime: 1000, most, now: () => time });

it("finds a value by its secret until its time is over, or it is ended", () => {
  const secrets = create(10);
  const [first, second] = [secrets.issue("first"), secrets.issue("second")];
  secrets.end(second);
  const found = [first, second, "other"].map((secret) => secrets.find(secret));
  expect(found).toEqual(["first", undefined, undefined]);
  time += 1000;
  expect(secrets.find(first)).toBeUndefined();
});

it("drops the oldest of too many", () => {
  const secrets = create(3);
  const issued = ["a", "b", "c", "d"].map((value) => secrets.issue(value));
  expect(issued.map((secret) => secrets.find(secret))).toEqual([undefined, "b", "c", "d"]);
});
