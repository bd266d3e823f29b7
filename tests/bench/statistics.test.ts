/** Medians, quartiles, and growth of the heap. */
import { expect, test } from "vitest";
import { heapGrowth } from "../../bench/measure/heap.ts";
import { cycle } from "../../bench/support/cycle.ts";
import { shareOf } from "../../bench/harness/slow-down.ts";
import { halfSpread, quantile, ratioOf, spreadOf } from "../../bench/support/statistics.ts";

test("a sample is described by its median and quartiles, whatever its order", () => {
  const spread = spreadOf([9, 1, 5, 3, 7]);
  expect(spread).toEqual({ median: 5, q1: 3, q3: 7, values: [9, 1, 5, 3, 7] });
  expect(halfSpread(spread)).toBe(2);
});

test("quantiles between two values are interpolated", () => {
  expect(quantile([10, 20], 0.5)).toBe(15);
  expect(quantile([10, 20, 30], 0.99)).toBeCloseTo(29.8);
});

test("a ratio is taken round by round, so that a slow spell of the machine cancels out", () => {
  // In the second round the machine was slow, in the third it became so between the two.
  expect(ratioOf(spreadOf([20, 100, 24]), spreadOf([10, 50, 60]))).toBe(2);
  expect(() => ratioOf(spreadOf([1]), spreadOf([1, 2]))).toThrow(RangeError);
});

test("an empty sample has no median", () => {
  expect(() => spreadOf([])).toThrow(RangeError);
});

const samplesOf = (heaps: readonly number[]) =>
  heaps.map((heap, index) => ({ requests: index + 1, heap, rss: heap }));

test("a heap that settles after its warm-up has not grown", () => {
  expect(heapGrowth(samplesOf([10, 40, 50, 50, 52, 51, 55, 50]))).toBe(0);
});

test("a heap that keeps more with each request has grown, peaks or not", () => {
  expect(heapGrowth(samplesOf([10, 20, 30, 40, 90, 60, 70, 80]))).toBe(40);
});

test("events are handed out in turn, for ever", () => {
  const next = cycle(["a", "b"]);
  expect([next(), next(), next()]).toEqual(["a", "b", "a"]);
  expect(cycle([])).toThrow(RangeError);
});

test("a function of 1,769 MB has a whole CPU, one of 256 MB a seventh", () => {
  expect(shareOf(1_769)).toBe(1);
  expect(shareOf(256)).toBeCloseTo(0.1447, 4);
});
