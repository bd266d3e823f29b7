/** Results of a made-up run. */
import type { ColdFigures } from "../../bench/measure/cold.ts";
import type { BenchResults } from "../../bench/measure/results.ts";
import type { Spread } from "../../bench/support/statistics.ts";

/** A sample whose quartiles are 2 to each side of the median. */
export const around = (median: number): Spread => ({
  median,
  q1: median - 2,
  q3: median + 2,
  values: [median, median - 4, median - 2, median + 2, median + 4],
});

const coldFigures = (full: number, throttled: number, invokeCpu: number): ColdFigures => ({
  firstResponse: around(full),
  init: around(full / 2),
  initCpu: around(full / 2),
  invokeCpu: around(invokeCpu),
  firstResponseThrottled: around(throttled),
});

const warmFigures = (perSecond: number, awsCalls: number) => ({
  sequential: around(perSecond),
  inFlight: around(perSecond * 1.1),
  cpuUs: around(900),
  awsCalls,
  rss: 180e6,
});

/** A full run without the local cloud that meets every goal but one with a code cache. */
export function madeUpResults(changes: Partial<BenchResults> = {}): BenchResults {
  return {
    startedAt: "2026-01-01T00:00:00.000Z",
    machine: { node: "24.0.0", cpu: "a CPU", cores: 2 },
    quick: false,
    zips: { ours: 99_000, guide: 1_000 },
    cold: {
      runs: 15,
      memoryMb: 256,
      means: "cgroup v1",
      candidates: {
        guide: coldFigures(100, 400, 40),
        ours: coldFigures(90, 200, 9),
        "ours-code-cache": coldFigures(70, 150, 8),
        express: coldFigures(150, 500, 60),
      },
    },
    warm: { rows: { guide: warmFigures(700, 2), ours: warmFigures(1_050, 1) } },
    heap: {
      requests: 100_000,
      samples: [30e6, 31e6, 31e6, 31.2e6].map((heap, index) => ({
        requests: (index + 1) * 25_000,
        heap,
        rss: 190e6,
      })),
    },
    ...changes,
  };
}
