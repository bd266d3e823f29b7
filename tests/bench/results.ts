/** Results of an imagined run. */
import type { ColdFigures } from "../../bench/measure/cold.ts";
import type { BenchResults } from "../../bench/measure/results.ts";
import type { WarmFigures } from "../../bench/measure/warm.ts";
import type { Spread } from "../../bench/support/statistics.ts";

/** A sample whose quartiles are 2 to each side of the median. */
export const around = (median: number): Spread => ({
  median,
  q1: median - 2,
  q3: median + 2,
  values: [median, median - 4, median - 2, median + 2, median + 4],
});

const coldFigures = (full: number, throttled: number, invokeCpu: number): ColdFigures => ({
  loopback: { full: around(full), throttled: around(throttled) },
  distant: { full: around(full + 30), throttled: around(throttled + 30) },
  initCpu: around(full / 2),
  invokeCpu: around(invokeCpu),
});

const warmFigures = (requestMs: number, awsCalls: number): WarmFigures => ({
  requestMs: around(requestMs),
  distantRequestMs: around(requestMs + 5 * awsCalls),
  cpuUs: around(900),
  awsCalls,
  rss: 180e6,
});

/** The figures of that run. */
export const cold = {
  guide: coldFigures(100, 400, 40),
  plain: coldFigures(120, 480, 50),
  shipped: coldFigures(90, 160, 9),
};
export const warm = { guide: warmFigures(100, 20), shipped: warmFigures(70, 1) };

/** A full run without the local cloud that meets every goal. */
export function createResults(changes: Partial<BenchResults> = {}): BenchResults {
  return {
    startedAt: "2026-01-01T00:00:00.000Z",
    machine: { node: "24.0.0", cpu: "a CPU", cores: 2 },
    quick: false,
    roundTripMs: 5,
    archives: { shipped: 99_000, guide: 1_000 },
    cold: { runs: 15, memoryMb: 256, means: "cgroup v1", rows: cold },
    warm,
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
