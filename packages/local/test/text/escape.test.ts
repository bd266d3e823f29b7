/** Escapes for a terminal. What of a rendered log line is escaped is in terminal/render.test.ts. */
import { describe, expect, it, test } from "vitest";
import { escapeForTerminal, escapeInJson, escapeLines } from "../../src/text/escape.ts";

/** Every UTF-16 unit by itself: halves of surrogate pairs as well. */
const everyUnit = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code));
const unsafe = everyUnit.filter((unit) => escapeForTerminal(unit) !== unit);

const ranges: readonly (readonly [from: number, to: number])[] = [
  [0, 0x1f],
  [0x7f, 0x9f],
  [0x2028, 0x2029],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
  [0xd800, 0xdfff],
];

test("controls, separators, marks that reorder a line and lone surrogates are unsafe", () => {
  const expected = ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)),
  );
  expect(unsafe).toEqual(expected);
});

test.each([
  ["\u001B[31mred\u009B2J", "\\x1b[31mred\\x9b2J"],
  ["one\r\ntwo\tthree", "one\\r\\ntwo\\tthree"],
  ["\u202Eevil\u2028\uD800", "\\u202eevil\\u2028\\ud800"],
  ["👩‍🚀 שלום\u200F é", "👩‍🚀 שלום\u200F é"],
])("%j is one line that moves nothing", (text, escaped) => {
  expect(escapeForTerminal(text)).toBe(escaped);
});

test("of several lines the lines and tabs stay", () => {
  expect(escapeLines("one\n\ttwo\u009B\r\n\u2028\n")).toBe("one\n\ttwo\\x9b\\r\n\\u2028\n");
});

describe("JSON", () => {
  it("keeps its value, whichever characters are in it", () => {
    const value = { [unsafe.join(" ")]: unsafe, safe: "é" };
    for (const json of [JSON.stringify(value), JSON.stringify(value, null, "\t")]) {
      const escaped = escapeInJson(json);
      expect(JSON.parse(escaped)).toEqual(value);
      expect(unsafe.filter((unit) => escaped.includes(unit))).toEqual(
        json.includes("\n") ? ["\t", "\n"] : [],
      );
    }
  });
});
