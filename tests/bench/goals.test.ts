/** Goals held against results. */
import { expect, test } from "vitest";
import { judge } from "../../bench/report/goals.ts";
import { madeUpResults } from "./results.ts";

const missed = (results: Parameters<typeof judge>[0]) =>
  judge(results).flatMap(({ goal, met, counts }) => (counts && !met ? [goal] : []));

test("a run that meets the goals misses none", () => {
  const judgements = judge(madeUpResults());
  expect(judgements.filter(({ counts }) => counts)).toHaveLength(7);
  expect(missed(madeUpResults())).toEqual([]);
});

test("goals that need a code cache are shown, missed or not, and never count", () => {
  const withCache = judge(madeUpResults()).filter(({ counts }) => !counts);
  expect(withCache.map(({ goal, limit, met }) => [goal, limit, met])).toEqual([
    ["cold start, × the guide's, with a code cache", 0.75, true],
    ["cold start, × Express's, with a code cache", 0.55, true],
    ["cold start at 256 MB, × the guide's, with a code cache", 0.35, false],
  ]);
});

test("a quick run is judged by what takes no time to be exact", () => {
  const judgements = judge(madeUpResults({ quick: true }));
  expect(judgements.flatMap(({ goal, counts }) => (counts ? [goal] : []))).toEqual([
    "AWS calls a warm request",
    "archive",
    "growth of the heap",
  ]);
});

test("each goal is missed by what is over its limit", () => {
  expect(missed(madeUpResults({ zips: { ours: 100_001 } }))).toEqual(["archive"]);
  const { cold, warm, heap } = madeUpResults();
  if (cold === undefined || warm === undefined || heap === undefined) throw new Error("incomplete");
  const { guide } = cold.candidates;
  if (guide === undefined) throw new Error("incomplete");
  expect(missed(madeUpResults({ cold: { ...cold, candidates: { guide, ours: guide } } }))).toEqual([
    "cold start, × the guide's",
    "cold start at 256 MB, × the guide's",
    "CPU of the first invoke, × the guide's",
  ]);
  const guideWarm = warm.rows["guide"];
  if (guideWarm === undefined) throw new Error("incomplete");
  expect(missed(madeUpResults({ warm: { rows: { guide: guideWarm, ours: guideWarm } } }))).toEqual([
    "warm requests/s, sequential, × the guide's",
    "AWS calls a warm request",
  ]);
  const samples = heap.samples.map((sample, index) => ({ ...sample, heap: index * 2e6 }));
  expect(missed(madeUpResults({ heap: { ...heap, samples } }))).toEqual(["growth of the heap"]);
});

test("what a run has not measured is not judged", () => {
  const { startedAt, machine, quick } = madeUpResults();
  expect(judge({ startedAt, machine, quick, zips: {} })).toEqual([]);
});
