/** Whether memory grows with requests: the heap after a collection, every so many requests. */
import type { Row } from "../rows/rows.ts";
import { startRow, type Fixture } from "../fixture/fixture.ts";
import { cycle } from "../support/cycle.ts";

/** One look at a process's memory, in bytes. */
export interface HeapSample {
  readonly requests: number;
  readonly heap: number;
  readonly rss: number;
}

const SAMPLES = 20;

/** Requests under way at once, which takes less time than one after the other. */
const IN_FLIGHT = 10;

/** Sends `requests` requests and looks 20 times. Callers change with each request. */
export async function measureHeap(
  fixture: Fixture,
  row: Row,
  { requests, onSample }: { requests: number; onSample: (sent: number) => void },
): Promise<readonly HeapSample[]> {
  const sandbox = await startRow(fixture, row, {
    endpoint: fixture.loopback,
    loops: IN_FLIGHT,
  });
  const { event, check } = row.adapter;
  const nextEvent = cycle(fixture.tokens.map(event));
  try {
    const samples: HeapSample[] = [];
    const each = Math.ceil(requests / SAMPLES);
    for (let sent = each; sent <= each * SAMPLES; sent += each) {
      let left = each - 1;
      const loop = async () => {
        while (left-- > 0) check((await sandbox.invoke(nextEvent())).payload);
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, loop));
      const { payload, memory } = await sandbox.invoke(nextEvent(), { reportMemory: true });
      check(payload);
      if (memory !== undefined) samples.push({ requests: sent, ...memory });
      onSample(sent);
    }
    return samples;
  } finally {
    await sandbox.stop();
  }
}

/**
 * Bytes by which the heap has grown: the least of the last quarter over the least of the second
 * one. The first holds what is compiled and cached as a process warms up.
 */
export function heapGrowth(samples: readonly HeapSample[]): number {
  const quarter = (number: number) =>
    Math.min(
      ...samples
        .slice((samples.length * (number - 1)) / 4, (samples.length * number) / 4)
        .map(({ heap }) => heap),
    );
  return quarter(4) - quarter(2);
}
