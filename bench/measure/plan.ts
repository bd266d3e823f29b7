/** How much is measured: in a full run, and in a quick one. */

/** Times in milliseconds. */
export interface Plan {
  /** Starts of each row in each of four ways: at full speed and throttled, without and with round trips. */
  readonly runs: number;
  readonly warm: { readonly warmUpMs: number; readonly sliceMs: number; readonly slices: number };
  readonly heapRequests: number;
  readonly cloud: {
    readonly starts: number;
    readonly pairs: number;
    readonly loadMs: number;
    readonly greetedConnections: readonly number[];
    readonly refusedConnections: readonly number[];
    /** Whether serverless-offline is measured too, which takes a large installation. */
    readonly peer: boolean;
  };
  readonly console: {
    readonly rounds: number;
    readonly loadMs: number;
    readonly connections: number;
    readonly sampledAt: readonly number[];
  };
}

const full: Plan = {
  runs: 20,
  // Short slices stand close to each other: what slows the machine for a second slows all of a round.
  warm: { warmUpMs: 2_000, sliceMs: 100, slices: 30 },
  heapRequests: 100_000,
  cloud: {
    starts: 3,
    pairs: 200,
    loadMs: 2_000,
    greetedConnections: [1, 10, 50, 100, 200],
    refusedConnections: [1, 10, 50, 100, 200],
    peer: true,
  },
  console: {
    rounds: 6,
    loadMs: 2_000,
    connections: 10,
    sampledAt: [0, 2_500, 5_000, 10_000],
  },
};

const quick: Plan = {
  runs: 3,
  warm: { warmUpMs: 800, sliceMs: 100, slices: 8 },
  heapRequests: 5_000,
  cloud: {
    starts: 1,
    pairs: 50,
    loadMs: 500,
    greetedConnections: [1, 10],
    refusedConnections: [1, 50, 200],
    peer: false,
  },
  console: { rounds: 2, loadMs: 1_000, connections: 10, sampledAt: [0, 1_000] },
};

/** The plan of a run; `runs` in place of its own number of starts. */
export function planOf(options: { quick: boolean; runs: number | undefined }): Plan {
  const plan = options.quick ? quick : full;
  return { ...plan, runs: options.runs ?? plan.runs };
}
