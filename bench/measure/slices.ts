/** Slices of time with warm requests: one process for each row, all alive, a slice for each in turn. */
import { startRow, type AwsEndpoint, type Fixture } from "../fixture/fixture.ts";
import type { Sandbox } from "../harness/sandbox.ts";
import { rowLabels, type Row } from "../rows/rows.ts";
import { cycle } from "../support/cycle.ts";

/** The requests of one slice. */
export interface Slice {
  readonly ms: number;
  readonly requests: number;
  readonly cpuUs: number;
  readonly awsCalls: number;
}

/** How long and how often. */
export interface SlicePlan {
  readonly warmUpMs: number;
  readonly sliceMs: number;
  readonly slices: number;
  readonly onStep: (label: string) => void;
}

/** A row's slices. */
interface RowSlices {
  readonly slices: readonly Slice[];
  /** Resident memory after them, in bytes. */
  readonly rss: number;
}

interface Running {
  readonly row: Row;
  readonly sandbox: Sandbox;
  readonly endpoint: AwsEndpoint;
  readonly nextEvent: () => string;
}

/** As many users call in turn as a warm environment may see, each with one token. */
const CALLERS = 50;

/** Measures the rows in turn, so that what slows the machine for a while slows all of them. */
export async function measureSlices(
  fixture: Fixture,
  rows: readonly Row[],
  plan: SlicePlan & { readonly endpoint: AwsEndpoint },
): Promise<ReadonlyMap<Row, RowSlices>> {
  const { endpoint, warmUpMs, sliceMs, onStep } = plan;
  const running: (Running & { slices: Slice[] })[] = [];
  try {
    for (const row of rows) {
      onStep(`warming up ${rowLabels[row.name]}`);
      const sandbox = await startRow(fixture, row, { endpoint, loops: 1 });
      const nextEvent = cycle(fixture.tokens.slice(0, CALLERS).map(row.adapter.event));
      const subject = { row, sandbox, endpoint, nextEvent, slices: [] };
      running.push(subject);
      await runSlice(subject, warmUpMs);
    }
    for (let slice = 1; slice <= plan.slices; slice++) {
      for (const subject of running) {
        onStep(`${rowLabels[subject.row.name]}, slice ${slice} of ${plan.slices}`);
        subject.slices.push(await runSlice(subject, sliceMs));
      }
    }
    const results = new Map<Row, RowSlices>();
    for (const { row, sandbox, nextEvent, slices } of running) {
      const { memory } = await sandbox.invoke(nextEvent(), { reportMemory: true });
      results.set(row, { slices, rss: memory?.rss ?? 0 });
    }
    return results;
  } finally {
    for (const { sandbox } of running) await sandbox.stop();
  }
}

/** Sends requests for `ms` milliseconds, one after the other; every answer is checked. */
async function runSlice(
  { row, sandbox, endpoint, nextEvent }: Running,
  ms: number,
): Promise<Slice> {
  let { at, cpuUs } = await sandbox.invoke(nextEvent());
  const before = { at, cpuUs, calls: endpoint.calls() };
  let requests = 0;
  while (at - before.at < ms) {
    const answer = await sandbox.invoke(nextEvent());
    row.adapter.check(answer.payload);
    ({ at, cpuUs } = answer);
    requests++;
  }
  return {
    ms: at - before.at,
    requests,
    cpuUs: cpuUs - before.cpuUs,
    awsCalls: endpoint.calls() - before.calls,
  };
}
