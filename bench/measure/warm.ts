/** Warm requests: one process for each candidate, all alive, a slice of time for each in turn. */
import type { Candidate } from "../rows/rows.ts";
import type { Sandbox } from "../harness/sandbox.ts";
import { spreadOf, type Spread } from "../support/statistics.ts";
import { startCandidate, type Lab } from "../fixture/fixture.ts";

/** A candidate's warm requests. */
export interface WarmFigures {
  /** Requests per second, one after the other. */
  readonly sequential: Spread;
  /** Requests per second, 50 in flight. */
  readonly inFlight: Spread;
  /** CPU time of the process for a request with 50 in flight, in microseconds. */
  readonly cpuUs: Spread;
  /** Requests that reached AWS for each request, over all that were measured. */
  readonly awsCalls: number;
  /** Resident memory after them, in bytes. */
  readonly rss: number;
}

/** A row of the table. Ours is measured twice: with few callers, and with one token a request. */
export interface WarmRow {
  readonly candidate: Candidate;
  readonly label: string;
  readonly tokens: readonly string[];
}

/** How long and how often. */
export interface WarmPlan {
  readonly warmUpMs: number;
  readonly sliceMs: number;
  readonly slices: number;
  readonly onStep: (label: string) => void;
}

/** Requests of one slice. */
interface Slice {
  readonly perSecond: number;
  readonly requests: number;
  readonly cpuUs: number;
  readonly awsCalls: number;
}

/** How many requests are under way at once in the second kind of slice. */
export const IN_FLIGHT = 50;

/** Measures every row; figures by label. */
export async function measureWarm(
  lab: Lab,
  rows: readonly WarmRow[],
  { warmUpMs, sliceMs, slices, onStep }: WarmPlan,
): Promise<Readonly<Record<string, WarmFigures>>> {
  const running = [];
  try {
    for (const row of rows) {
      onStep(`warming up ${row.label}`);
      const stub = lab.plain;
      const sandbox = await startCandidate(lab, row.candidate, { stub, loops: IN_FLIGHT });
      const events = row.tokens.map((token) => row.candidate.conversation.event(token));
      const subject = { row, sandbox, nextEvent: cycle(events) };
      running.push({ ...subject, sequential: [] as Slice[], inFlight: [] as Slice[] });
      await runSlice(lab, subject, { at: IN_FLIGHT, ms: warmUpMs / 2 });
      await runSlice(lab, subject, { at: 1, ms: warmUpMs / 2 });
    }
    for (let slice = 1; slice <= slices; slice++) {
      for (const subject of running) {
        onStep(`${subject.row.label}, slice ${slice} of ${slices}`);
        subject.sequential.push(await runSlice(lab, subject, { at: 1, ms: sliceMs }));
        subject.inFlight.push(await runSlice(lab, subject, { at: IN_FLIGHT, ms: sliceMs }));
      }
    }
    const figures: Record<string, WarmFigures> = {};
    for (const { row, sandbox, nextEvent, sequential, inFlight } of running) {
      const { memory } = await sandbox.invoke(nextEvent(), { reportMemory: true });
      const all = [...sequential, ...inFlight];
      figures[row.label] = {
        sequential: spreadOf(sequential.map(({ perSecond }) => perSecond)),
        inFlight: spreadOf(inFlight.map(({ perSecond }) => perSecond)),
        cpuUs: spreadOf(inFlight.map(({ cpuUs, requests }) => cpuUs / requests)),
        awsCalls: sum(all, "awsCalls") / sum(all, "requests"),
        rss: memory?.rss ?? 0,
      };
    }
    return figures;
  } finally {
    for (const { sandbox } of running) await sandbox.stop();
  }
}

/** Sends requests for `ms` milliseconds, `at` of them at once; every answer is checked. */
async function runSlice(
  { plain }: Lab,
  { row, sandbox, nextEvent }: { row: WarmRow; sandbox: Sandbox; nextEvent: () => string },
  { at, ms }: { at: number; ms: number },
): Promise<Slice> {
  const { check } = row.candidate.conversation;
  const { cpuUs: cpuBefore } = await sandbox.invoke(nextEvent());
  const callsBefore = plain.calls();
  const startedAt = performance.now();
  let requests = 0;
  let last = { at: startedAt, cpuUs: cpuBefore };
  const loop = async () => {
    while (performance.now() - startedAt < ms) {
      last = await answered(sandbox.invoke(nextEvent()), check);
      requests++;
    }
  };
  await Promise.all(Array.from({ length: at }, loop));
  return {
    requests,
    perSecond: (requests / (last.at - startedAt)) * 1_000,
    cpuUs: last.cpuUs - cpuBefore,
    awsCalls: plain.calls() - callsBefore,
  };
}

async function answered(answer: ReturnType<Sandbox["invoke"]>, check: (payload: string) => void) {
  const { at, cpuUs, payload } = await answer;
  check(payload);
  return { at, cpuUs };
}

/** Hands the items out in turn, for ever. */
export function cycle<T>(items: readonly T[]): () => T {
  let next = 0;
  return () => {
    const item = items[next++ % items.length];
    if (item === undefined) throw new RangeError("Nothing to hand out.");
    return item;
  };
}

const sum = (slices: readonly Slice[], key: "requests" | "awsCalls"): number =>
  slices.reduce((total, slice) => total + slice[key], 0);
