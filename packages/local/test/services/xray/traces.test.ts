/** What of traces is kept in memory. */
import { expect, test } from "vitest";
import { assemble, withDescendants } from "../../../src/services/xray/assemble.ts";
import { parseSegment } from "../../../src/services/xray/segments.ts";
import { summarize } from "../../../src/services/xray/summary.ts";
import { createTraces } from "../../../src/services/xray/traces.ts";
import { document, segmentId, traceId } from "./xray-calls.ts";

const segment = (trace: number, id = 1, bytes = 0) =>
  parseSegment(
    document({ trace_id: traceId(trace), id: segmentId(id), metadata: { x: "x".repeat(bytes) } }),
  );

test("the newest 1,000 traces are kept", () => {
  const traces = createTraces(() => 0);
  for (let number = 0; number < 1001; number += 1) traces.record(segment(number));
  expect(traces.list()).toHaveLength(1000);
  expect(traces.find(traceId(0))).toBeUndefined();
});

test("of large traces, as many as 32 MB hold", () => {
  const traces = createTraces(() => 0);
  for (let trace = 0; trace < 100; trace += 1) {
    for (let id = 1; id <= 7; id += 1) traces.record(segment(trace, id, 60_000));
  }
  const held = traces.list().flatMap(({ segments }) => segments.map((one) => one.document.length));
  expect(held.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(32 * 1024 * 1024);
  expect(traces.find(traceId(99))?.segments).toHaveLength(7);
  expect(traces.find(traceId(0))).toBeUndefined();
});

// Source: https://docs.aws.amazon.com/general/latest/gr/xray.html
test("of one trace 500 kB, and it says that there was more", () => {
  const traces = createTraces(() => 0);
  for (let id = 1; id <= 20; id += 1) traces.record(segment(1, id, 60_000));
  expect(traces.find(traceId(1))).toMatchObject({ limitExceeded: true });
  expect(traces.find(traceId(1))?.segments).toHaveLength(8);
});

test("a document that replaces another one takes its place and its memory", () => {
  const traces = createTraces(() => 0);
  for (let round = 0; round < 50; round += 1) traces.record(segment(1, 1, 60_000));
  expect(traces.find(traceId(1))).toMatchObject({ limitExceeded: false });
  expect(traces.find(traceId(1))?.segments).toHaveLength(1);
});

test("a document of more than 64 kB is not kept", () => {
  const traces = createTraces(() => 0);
  expect(traces.record(segment(1, 1, 65_536))).toBe(false);
  expect(traces.list()).toEqual([]);
});

test("of subsegments that are each the parent of the next, only the first 100 levels are read", () => {
  const traces = createTraces(() => 0);
  traces.record(segment(1, 1));
  for (let id = 2; id <= 2_800; id += 1) {
    const more = { id: segmentId(id), parent_id: segmentId(id - 1), type: "subsegment", name: "x" };
    traces.record(parseSegment(document({ trace_id: traceId(1), ...more })));
  }
  const [trace] = traces.list();
  if (trace === undefined) throw new Error("There is no trace.");
  expect(assemble(trace).flatMap(withDescendants)).toHaveLength(101);
  expect(summarize(trace).duration).toBe(1.5);
});

test("a document that is nested more deeply is no segment", () => {
  const metadata = { deep: JSON.parse(`${"[".repeat(300)}${"]".repeat(300)}`) as unknown };
  expect(() => parseSegment(document({ metadata }))).toThrow(/nested too deeply/);
});
