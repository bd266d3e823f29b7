/** Time series on a common axis, on the console's page. */
import { expect, it } from "vitest";
import { align, describeSpeed, loneIndexes } from "../../../src/console/page/metrics/aligned.ts";

it("a series has no value where only another one has", () => {
  const series = [
    { label: "one", points: [[2_000, 5] as const] },
    { label: "other", points: [[1_000, 7] as const, [2_000, 8] as const] },
  ];
  expect(align(series)).toEqual([
    [1, 2],
    [null, 5],
    [7, 8],
  ]);
  expect(align([])).toEqual([[]]);
});

it("the speed of the minutes is said", () => {
  expect(describeSpeed(3_000)).toContain("passes in 3 s here, and an hour in 3 min");
  expect(describeSpeed(60_000)).toContain("a minute of the clock");
});

it.each([
  [
    [1, null, 2, 3, null, null, 4],
    [0, 6],
  ],
  [[null, 0, null], [1]],
  [[1, 2], []],
  [[], []],
])("of %j a line does not show the points %j", (values, lone) => {
  expect(loneIndexes(values)).toEqual(lone);
});
