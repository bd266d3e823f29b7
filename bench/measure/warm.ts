/** Warm requests, one after the other: AWS on loopback, then with round trips. */
import type { Fixture } from "../fixture/fixture.ts";
import type { Row, RowName } from "../rows/rows.ts";
import { spreadOf, type Spread } from "../support/statistics.ts";
import { measureSlices, type Slice, type SlicePlan } from "./slices.ts";

/** A row's warm requests. */
export interface WarmFigures {
  /** Milliseconds for each request. */
  readonly requestMs: Spread;
  /** The same when every AWS call takes its round trip. */
  readonly distantRequestMs: Spread;
  /** CPU time of the process for a request on loopback, in microseconds. */
  readonly cpuUs: Spread;
  /** Requests that reached AWS for each request, over all that were measured on loopback. */
  readonly awsCalls: number;
  /** Resident memory after them, in bytes. */
  readonly rss: number;
}

/** Figures of the rows that were measured. */
export type WarmResults = Readonly<Partial<Record<RowName, WarmFigures>>>;

/** Measures each row. */
export async function measureWarm(
  fixture: Fixture,
  rows: readonly Row[],
  plan: SlicePlan,
): Promise<WarmResults> {
  const near = await measureSlices(fixture, rows, { ...plan, endpoint: fixture.loopback });
  const far = await measureSlices(fixture, rows, { ...plan, endpoint: fixture.distant });
  const figures: Partial<Record<RowName, WarmFigures>> = {};
  for (const [row, { slices, rss }] of near) {
    figures[row.name] = {
      requestMs: spreadOf(slices.map(requestMs)),
      distantRequestMs: spreadOf((far.get(row)?.slices ?? []).map(requestMs)),
      cpuUs: spreadOf(slices.map(({ cpuUs, requests }) => cpuUs / requests)),
      awsCalls: sum(slices, "awsCalls") / sum(slices, "requests"),
      rss,
    };
  }
  return figures;
}

const requestMs = ({ ms, requests }: Slice): number => ms / requests;

const sum = (slices: readonly Slice[], key: "requests" | "awsCalls"): number =>
  slices.reduce((total, slice) => total + slice[key], 0);
