/** The goals, and whether a run has met them. */
import { heapGrowth } from "../measure/heap.ts";
import type { BenchResults } from "../measure/results.ts";
import { ratioOf, type Spread } from "../support/statistics.ts";

/** A goal held against what was found. */
export interface Judgement {
  readonly goal: string;
  readonly bound: "≤" | "≥";
  readonly limit: number;
  readonly found: number;
  readonly unit: string;
  readonly met: boolean;
  /**
   * What a code cache is needed for does not count, as the setting is off by default; nor do times of a
   * quick run, which is too short for them.
   */
  readonly counts: boolean;
}

interface Goal {
  readonly goal: string;
  readonly bound: "≤" | "≥";
  readonly limit: number;
  readonly unit: string;
  /** One that needs a code cache is shown only. */
  readonly counts?: false;
  /** Whether it is about time. */
  readonly timed?: true;
  /** Undefined when the run has not measured it. */
  readonly find: (results: BenchResults) => number | undefined;
}

/** Cold figures of ours as a ratio to those of another candidate. */
const coldRatio =
  (
    ours: "ours" | "ours-code-cache",
    peer: "guide" | "express",
    key: "firstResponse" | "firstResponseThrottled" | "invokeCpu",
  ) =>
  ({ cold }: BenchResults) =>
    ratio(cold?.candidates[ours]?.[key], cold?.candidates[peer]?.[key]);

const goals: readonly Goal[] = [
  {
    goal: "cold start, × the guide's",
    bound: "≤",
    limit: 0.95,
    unit: "",
    timed: true,
    find: coldRatio("ours", "guide", "firstResponse"),
  },
  {
    goal: "cold start, × the guide's, with a code cache",
    bound: "≤",
    limit: 0.75,
    unit: "",
    counts: false,
    find: coldRatio("ours-code-cache", "guide", "firstResponse"),
  },
  {
    goal: "cold start, × Express's, with a code cache",
    bound: "≤",
    limit: 0.55,
    unit: "",
    counts: false,
    find: coldRatio("ours-code-cache", "express", "firstResponse"),
  },
  {
    goal: "cold start at 256 MB, × the guide's",
    bound: "≤",
    limit: 0.55,
    unit: "",
    timed: true,
    find: coldRatio("ours", "guide", "firstResponseThrottled"),
  },
  {
    goal: "cold start at 256 MB, × the guide's, with a code cache",
    bound: "≤",
    limit: 0.35,
    unit: "",
    counts: false,
    find: coldRatio("ours-code-cache", "guide", "firstResponseThrottled"),
  },
  {
    goal: "CPU of the first invoke, × the guide's",
    bound: "≤",
    limit: 0.25,
    unit: "",
    timed: true,
    find: coldRatio("ours", "guide", "invokeCpu"),
  },
  {
    goal: "warm requests/s, sequential, × the guide's",
    bound: "≥",
    limit: 1.4,
    unit: "",
    timed: true,
    find: ({ warm }) => ratio(warm?.rows["ours"]?.sequential, warm?.rows["guide"]?.sequential),
  },
  {
    goal: "AWS calls a warm request",
    bound: "≤",
    limit: 1.01,
    unit: "",
    find: ({ warm }) => warm?.rows["ours"]?.awsCalls,
  },
  {
    goal: "archive",
    bound: "≤",
    limit: 100,
    unit: " KB",
    find: ({ zips }) => (zips.ours === undefined ? undefined : zips.ours / 1_000),
  },
  {
    goal: "growth of the heap",
    bound: "≤",
    limit: 1,
    unit: " MB",
    find: ({ heap }) => (heap === undefined ? undefined : heapGrowth(heap.samples) / 1e6),
  },
];

/** Judges what was measured; goals whose part of the run was left out are not there. */
export function judge(results: BenchResults): readonly Judgement[] {
  return goals.flatMap(({ find, timed = false, counts: always = true, ...goal }) => {
    const found = find(results);
    if (found === undefined) return [];
    const counts = always && !(timed && results.quick);
    const met = goal.bound === "≤" ? found <= goal.limit : found >= goal.limit;
    return [{ ...goal, found, met, counts }];
  });
}

function ratio(ours: Spread | undefined, theirs: Spread | undefined): number | undefined {
  return ours === undefined || theirs === undefined ? undefined : ratioOf(ours, theirs);
}
