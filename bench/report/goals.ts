/** The goals, and whether a run has met them. */
import type { ColdFigures } from "../measure/cold.ts";
import { heapGrowth } from "../measure/heap.ts";
import type { BenchResults } from "../measure/results.ts";
import { ratioOf, type Spread } from "../support/statistics.ts";

/** A goal, and what was found. Every goal is an upper bound. */
export interface Judgement {
  readonly goal: string;
  readonly limit: number;
  readonly found: number;
  readonly unit: string;
  readonly met: boolean;
  /** Times of a quick run do not count: it is too short for them. */
  readonly counts: boolean;
}

interface Goal {
  readonly goal: string;
  readonly limit: number;
  readonly unit: string;
  /** Whether it is about time. */
  readonly timed?: true;
  /** Undefined when the run has not measured it. */
  readonly find: (results: BenchResults) => number | undefined;
}

/** A ratio of what is shipped to the guide's handler, at most `limit`. */
const timesGuide = (goal: string, limit: number, find: Goal["find"]): Goal => ({
  goal: `${goal}, × the guide's`,
  limit,
  unit: "",
  timed: true,
  find,
});

const coldRatio =
  (pick: (figures: ColdFigures) => Spread) =>
  ({ cold }: BenchResults) =>
    ratio(cold?.rows.shipped, cold?.rows.guide, pick);

const goals: readonly Goal[] = [
  timesGuide(
    "cold start",
    0.95,
    coldRatio(({ loopback }) => loopback.full),
  ),
  timesGuide(
    "cold start at 256 MB",
    0.45,
    coldRatio(({ loopback }) => loopback.throttled),
  ),
  timesGuide(
    "cold start at 256 MB with round trips",
    0.5,
    coldRatio(({ distant }) => distant.throttled),
  ),
  timesGuide(
    "CPU of the first invoke",
    0.25,
    coldRatio(({ invokeCpu }) => invokeCpu),
  ),
  timesGuide("warm request with round trips", 0.6, ({ warm }) =>
    ratio(warm?.shipped, warm?.guide, ({ distantRequestMs }) => distantRequestMs),
  ),
  {
    goal: "AWS calls a warm request",
    limit: 1.01,
    unit: "",
    find: ({ warm }) => warm?.shipped?.awsCalls,
  },
  {
    goal: "archive",
    limit: 100,
    unit: " kB",
    find: ({ archives: { shipped } }) => (shipped === undefined ? undefined : shipped / 1_000),
  },
  {
    goal: "requests/s without the console's page, × those with it open",
    limit: 1.05,
    unit: "",
    timed: true,
    find: ({ console }) => console && ratioOf(console.refused.closed, console.refused.open),
  },
  {
    goal: "growth of the heap",
    limit: 1,
    unit: " MB",
    find: ({ heap }) => (heap === undefined ? undefined : heapGrowth(heap.samples) / 1e6),
  },
];

/** Judges what was measured; goals whose part of the run was left out are not there. */
export function judge(results: BenchResults): readonly Judgement[] {
  return goals.flatMap(({ find, timed = false, ...goal }) => {
    const found = find(results);
    if (found === undefined) return [];
    return [{ ...goal, found, met: found <= goal.limit, counts: !(timed && results.quick) }];
  });
}

function ratio<T>(
  ours: T | undefined,
  theirs: T | undefined,
  pick: (figures: T) => Spread,
): number | undefined {
  return ours === undefined || theirs === undefined ? undefined : ratioOf(pick(ours), pick(theirs));
}
