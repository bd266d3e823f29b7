/** Goals, judged on results. */
import { expect, test } from "vitest";
import { judge } from "../../bench/report/goals.ts";
import { around, cold, createResults, warm } from "./results.ts";

const missed = (results: Parameters<typeof judge>[0]) =>
  judge(results).flatMap(({ goal, met, counts }) => (counts && !met ? [goal] : []));

test("a run that meets the goals misses none", () => {
  const judgements = judge(createResults());
  expect(judgements).toHaveLength(8);
  expect(judgements.every(({ counts }) => counts)).toBe(true);
  expect(missed(createResults())).toEqual([]);
});

test("a quick run is judged by what takes no time to be exact", () => {
  const judgements = judge(createResults({ quick: true }));
  expect(judgements.flatMap(({ goal, counts }) => (counts ? [goal] : []))).toEqual([
    "AWS calls a warm request",
    "archive",
    "growth of the heap",
  ]);
});

test("what is no faster than the guide's handler misses the goals about time", () => {
  const rows = { guide: cold.guide, shipped: cold.guide };
  const { cold: part, heap } = createResults();
  if (part === undefined || heap === undefined) throw new Error("incomplete");
  expect(missed(createResults({ cold: { ...part, rows } }))).toEqual([
    "cold start, × the guide's",
    "cold start at 256 MB, × the guide's",
    "cold start at 256 MB with round trips, × the guide's",
    "CPU of the first invoke, × the guide's",
  ]);
  expect(missed(createResults({ warm: { guide: warm.guide, shipped: warm.guide } }))).toEqual([
    "warm request with round trips, × the guide's",
    "AWS calls a warm request",
  ]);
});

test("a large archive and a growing heap miss theirs", () => {
  expect(missed(createResults({ archives: { shipped: 100_001 } }))).toEqual(["archive"]);
  const samples = [0, 2e6, 4e6, 6e6].map((heap, index) => ({ requests: index, heap, rss: heap }));
  expect(missed(createResults({ heap: { requests: 4, samples } }))).toEqual(["growth of the heap"]);
});

/** With 1,000 requests a second while the page is closed, and so many while it is open. */
function withPageOpen(open: number) {
  const compared = { closed: around(1_000), open: around(open) };
  return createResults({ console: { refused: compared, greeted: compared, samples: [] } });
}

test("a page that takes more than 5 % of the requests a second from the gateway misses its goal", () => {
  expect(missed(withPageOpen(960))).toEqual([]);
  expect(missed(withPageOpen(940))).toEqual([
    "requests/s without the console's page, × those with it open",
  ]);
});

test("the plain app has no goals", () => {
  const { cold: part } = createResults();
  if (part === undefined) throw new Error("incomplete");
  const { guide, plain } = cold;
  const withoutShipped = { ...part, rows: { guide, plain } };
  expect(judge(createResults({ cold: withoutShipped })).map(({ goal }) => goal)).not.toContain(
    "cold start at 256 MB, × the guide's",
  );
});

test("what a run has not measured is not judged", () => {
  const { startedAt, machine, quick, roundTripMs } = createResults();
  expect(judge({ startedAt, machine, quick, roundTripMs, archives: {} })).toEqual([]);
});
