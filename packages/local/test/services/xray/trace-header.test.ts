/** The tracing header. */
import { expect, test } from "vitest";
import {
  formatTraceHeader,
  newTraceId,
  parseTraceHeader,
} from "../../../src/services/xray/trace-header.ts";

const root = "1-65a1b2c3-0123456789abcdef01234567";
const parent = "0123456789abcdef";

// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html
test.each([
  [`Root=${root};Parent=${parent};Sampled=1`, { root, parent, sampled: true }],
  [`Sampled=0;Root=${root}`, { root, parent: undefined, sampled: false }],
  [`Root=${root};Sampled=?`, { root, parent: undefined, sampled: undefined }],
  [`Root=${root};Lineage=1:2:3`, { root, parent: undefined, sampled: undefined }],
  [
    `Root=1-2-3;Parent=${parent}0;Sampled=2`,
    { root: undefined, parent: undefined, sampled: undefined },
  ],
])("of %s only what is well formed is read", (text, expected) => {
  expect(parseTraceHeader(text)).toEqual(expected);
});

test("what was read is written again", () => {
  const text = `Root=${root};Parent=${parent};Sampled=0`;
  const { sampled } = parseTraceHeader(text);
  expect(formatTraceHeader({ root, parent, sampled })).toBe(text);
  expect(formatTraceHeader({ root })).toBe(`Root=${root}`);
});

test("a new id has the time", () => {
  expect(newTraceId(0x65a1b2c3 * 1000)).toMatch(/^1-65a1b2c3-[0-9a-f]{24}$/);
});
