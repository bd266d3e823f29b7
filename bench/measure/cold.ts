/** Cold starts: a new process each time, all candidates in turn, at full speed and throttled. */
import type { Candidate, CandidateName } from "../rows/rows.ts";
import type { SlowDown } from "../harness/slow-down.ts";
import { spreadOf, type Spread } from "../support/statistics.ts";
import { startCandidate, type Lab } from "../fixture/fixture.ts";

/** A candidate's cold starts; times in milliseconds. */
export interface ColdFigures {
  /** From before the process is made to its first answer. */
  readonly firstResponse: Spread;
  /** To when it asks for the first event. */
  readonly init: Spread;
  /** CPU time of the process in its init phase, Node's own start included. */
  readonly initCpu: Spread;
  /** CPU time from then to the first answer. */
  readonly invokeCpu: Spread;
  /** As `firstResponse`, with Lambda's CPU share from when it asks for the first event. */
  readonly firstResponseThrottled: Spread;
}

/** Figures of every candidate. */
export type ColdResults = Readonly<Record<CandidateName, ColdFigures>>;

interface ColdStart {
  readonly total: number;
  readonly init: number;
  readonly initCpu: number;
  readonly invokeCpu: number;
}

/** Starts each candidate 2 × `runs` times, and once before that which does not count. */
export async function measureCold(
  lab: Lab,
  { runs, slowDown, onRun }: { runs: number; slowDown: SlowDown; onRun: (run: number) => void },
): Promise<Partial<ColdResults>> {
  const samples = lab.candidates.map((candidate) => ({
    candidate,
    full: [] as ColdStart[],
    throttled: [] as ColdStart[],
  }));
  for (let run = 0; run <= runs; run++) {
    onRun(run);
    // Each round begins with another candidate, so that none always follows the same one.
    const start = run % samples.length;
    for (const { candidate, full, throttled } of [
      ...samples.slice(start),
      ...samples.slice(0, start),
    ]) {
      const measured = await startOnce(lab, candidate, undefined);
      const measuredThrottled = await startOnce(lab, candidate, slowDown);
      if (run === 0) continue;
      full.push(measured);
      throttled.push(measuredThrottled);
    }
  }
  return Object.fromEntries(
    samples.map(({ candidate, full, throttled }) => [
      candidate.name,
      {
        firstResponse: spreadOf(full.map(({ total }) => total)),
        init: spreadOf(full.map(({ init }) => init)),
        initCpu: spreadOf(full.map(({ initCpu }) => initCpu)),
        invokeCpu: spreadOf(full.map(({ invokeCpu }) => invokeCpu)),
        firstResponseThrottled: spreadOf(throttled.map(({ total }) => total)),
      } satisfies ColdFigures,
    ]),
  );
}

async function startOnce(
  lab: Lab,
  candidate: Candidate,
  slowDown: SlowDown | undefined,
): Promise<ColdStart> {
  const { event, check } = candidate.conversation;
  const [token = ""] = lab.tokens;
  const sandbox = await startCandidate(lab, candidate, { stub: lab.secure, loops: 1 });
  try {
    const initialized = await sandbox.initialize();
    await slowDown?.slow(sandbox.pid);
    const answer = await sandbox.invoke(event(token));
    check(answer.payload);
    return {
      total: answer.at - sandbox.startedAt,
      init: initialized.at - sandbox.startedAt,
      initCpu: initialized.cpuUs / 1_000,
      invokeCpu: (answer.cpuUs - initialized.cpuUs) / 1_000,
    };
  } finally {
    await slowDown?.release();
    await sandbox.stop();
  }
}
