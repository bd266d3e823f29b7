/** The page's list of requests is bounded, and newest first. */
import { describe, expect, it } from "vitest";
import { everything, matches } from "../../../src/console/page/watch/filter.ts";
import { MOST, withRequests } from "../../../src/console/page/watch/newest-requests.ts";
import type { RequestSummary } from "../../../src/console/page/watch/request.ts";

const base = Date.parse("2026-11-30T03:00:00.000Z");

const requestAt = (sequence: number, changes: Partial<RequestSummary> = {}): RequestSummary => ({
  id: `id-${sequence}`,
  traceId: "1-6b0c",
  sequence,
  startedAt: new Date(base + Math.floor(sequence / 2)).toISOString(),
  method: "POST",
  target: "/orders",
  route: "/orders",
  operation: null,
  status: sequence % 10 === 0 ? 200 : 401,
  durationMs: 3,
  answeredBy: "authorizer",
  reason: null,
  replayOf: null,
  ...changes,
});

const sequences = (list: readonly RequestSummary[]) => list.map(({ sequence }) => sequence);

describe("after 10,000 requests", () => {
  const batches = Array.from({ length: 100 }, (_, batch) =>
    Array.from({ length: 100 }, (_each, at) => requestAt(100 * batch + at)),
  );
  const list = batches.reduce<readonly RequestSummary[]>(withRequests, []);

  it("the newest 1,000 are kept, newest first", () => {
    expect(sequences(list)).toEqual(Array.from({ length: MOST }, (_, at) => 9_999 - at));
  });

  it("older ones that are read again change nothing", () => {
    expect(withRequests(list, batches[0] ?? [])).toEqual(list);
  });

  it("the filter finds what it did", () => {
    const found = list.filter((request) => matches(request, { ...everything, status: "2" }));
    expect(found.length).toBe(100);
  });
});

it("a request that goes on is in the list once, as it is now", () => {
  const list = withRequests([requestAt(2), requestAt(1)], [requestAt(1, { status: 502 })]);
  expect(list.map(({ id, status }) => [id, status])).toEqual([
    ["id-2", 401],
    ["id-1", 502],
  ]);
});

it("those of a local cloud that was started again, and counts from 1, are the newest", () => {
  const later = new Date(base + 60_000).toISOString();
  expect(sequences(withRequests([requestAt(900)], [requestAt(1, { startedAt: later })]))).toEqual([
    1, 900,
  ]);
});
