/** Cold starts: a new process each time, all rows in turn, at full speed and throttled. */
import { startRow, type AwsEndpoint, type Fixture } from "../fixture/fixture.ts";
import type { SlowDown } from "../harness/slow-down.ts";
import type { Row, RowName } from "../rows/rows.ts";
import { spreadOf, type Spread } from "../support/statistics.ts";

/** From before the process is made to its first answer, in milliseconds. */
export interface FirstResponse {
  readonly full: Spread;
  /** With Lambda's CPU share from when it asks for the first event. */
  readonly throttled: Spread;
}

/** A row's cold starts; times in milliseconds. */
export interface ColdFigures {
  readonly loopback: FirstResponse;
  /** When every AWS call takes its round trips. */
  readonly distant: FirstResponse;
  /** CPU time of the process in its init phase, Node's own start included; at full speed, on loopback. */
  readonly initCpu: Spread;
  /** CPU time from then to the first answer. */
  readonly invokeCpu: Spread;
}

/** Figures of every row. */
export type ColdResults = Readonly<Partial<Record<RowName, ColdFigures>>>;

interface ColdStart {
  readonly total: number;
  readonly initCpu: number;
  readonly invokeCpu: number;
}

interface ColdPlan {
  readonly runs: number;
  readonly slowDown: SlowDown;
  readonly onRun: (run: number) => void;
}

/** Starts each row `runs` times in each of the four ways, and once before that which does not count. */
export async function measureCold(
  fixture: Fixture,
  { runs, slowDown, onRun }: ColdPlan,
): Promise<ColdResults> {
  const { loopback, distant } = fixture;
  const ways = {
    full: { endpoint: loopback, slowDown: undefined },
    throttled: { endpoint: loopback, slowDown },
    distantFull: { endpoint: distant, slowDown: undefined },
    distantThrottled: { endpoint: distant, slowDown },
  };
  const rounds = new Map(
    fixture.rows.map((row) => [row, [] as Record<keyof typeof ways, ColdStart>[]]),
  );
  for (let run = 0; run <= runs; run++) {
    onRun(run);
    // Each round begins with another row, so that none always follows the same one.
    const all = [...rounds];
    const start = run % all.length;
    for (const [row, measured] of [...all.slice(start), ...all.slice(0, start)]) {
      const round = {
        full: await startOnce(fixture, row, ways.full),
        throttled: await startOnce(fixture, row, ways.throttled),
        distantFull: await startOnce(fixture, row, ways.distantFull),
        distantThrottled: await startOnce(fixture, row, ways.distantThrottled),
      };
      if (run > 0) measured.push(round);
    }
  }
  return Object.fromEntries(
    [...rounds].map(([row, measured]) => {
      const spread = (way: keyof typeof ways, key: keyof ColdStart = "total") =>
        spreadOf(measured.map((round) => round[way][key]));
      const figures: ColdFigures = {
        loopback: { full: spread("full"), throttled: spread("throttled") },
        distant: { full: spread("distantFull"), throttled: spread("distantThrottled") },
        initCpu: spread("full", "initCpu"),
        invokeCpu: spread("full", "invokeCpu"),
      };
      return [row.name, figures];
    }),
  );
}

async function startOnce(
  fixture: Fixture,
  row: Row,
  { endpoint, slowDown }: { endpoint: AwsEndpoint; slowDown: SlowDown | undefined },
): Promise<ColdStart> {
  const { event, check } = row.adapter;
  const [token = ""] = fixture.tokens;
  const sandbox = await startRow(fixture, row, { endpoint, loops: 1 });
  try {
    const initialized = await sandbox.initialize();
    await slowDown?.slow(sandbox.pid);
    const answer = await sandbox.invoke(event(token));
    check(answer.payload);
    return {
      total: answer.at - sandbox.startedAt,
      initCpu: initialized.cpuUs / 1_000,
      invokeCpu: (answer.cpuUs - initialized.cpuUs) / 1_000,
    };
  } finally {
    await slowDown?.release();
    await sandbox.stop();
  }
}
