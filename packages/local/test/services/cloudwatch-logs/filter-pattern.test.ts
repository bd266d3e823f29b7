/** Filter patterns of FilterLogEvents. */
import { expect, test } from "vitest";
import { parseFilterPattern } from "../../../src/services/cloudwatch-logs/api/filter-pattern.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
const line = "2026-11-23 [ERROR] 419 could not reach the topic, code_7";

test.each([
  ["", true],
  ["ERROR", true],
  ["error", false],
  ["RRO", true],
  ["ERROR topic", true],
  ["ERROR secret", false],
  ["code_7", true],
  ['"reach the topic"', true],
  ['"topic reach"', false],
  ['"[ERROR]" 419', true],
  ["-ERROR", false],
  ["-WARN", true],
  ["ERROR -topic", false],
  ['-"no such phrase" ERROR', true],
  ["?WARN ?ERROR", true],
  ['?WARN ?"the topic,"', true],
  ["?WARN ?INFO", false],
])("the terms %s match: %s", (pattern, matches) => {
  expect(parseFilterPattern(pattern)(line)).toBe(matches);
});

test("a quote inside a phrase is written with a backslash", () => {
  expect(parseFilterPattern(String.raw`"\"level\":\"INFO\""`)('{"level":"INFO"}')).toBe(true);
});

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
const json = JSON.stringify({
  level: "ERROR",
  status: 502,
  ratio: 0.5,
  retry: true,
  cause: null,
  "request-id": "a1",
  path: "/lambda1",
  record: { type: "platform.report", list: ["x", { y: 2 }] },
});

test.each([
  ['{ $.level = "ERROR" }', true],
  ['{$.level="ERROR"}', true],
  ["{ $.level = ERROR }", true],
  ['{ $.level = "error" }', false],
  ['{ $.level = "E*R" }', true],
  ["{ $.path = /lambda* }", true],
  ['{ $.level = "E.*" }', false],
  ['{ $.level != "INFO" }', true],
  ['{ $.level != "ERR*" }', false],
  ['{ $.absent != "INFO" }', false],
  ["{ $.status = 502 }", true],
  ["{ $.status != 502 }", false],
  ["{ $.status >= 502 }", true],
  ["{ $.status > 502 }", false],
  ["{ $.ratio < .75 }", true],
  ["{ $.ratio <= 0.4 }", false],
  ["{ $.level > 1 }", false],
  ["{ $.retry IS TRUE }", true],
  ["{ $.retry is false }", false],
  ["{ $.cause IS NULL }", true],
  ["{ $.absent IS NULL }", false],
  ["{ $.absent NOT EXISTS }", true],
  ["{ $.level NOT EXISTS }", false],
  ["{ $.request-id = a1 }", true],
  ['{ $.record.type = "platform.*" }', true],
  ["{ $.record.list[1].y = 2 }", true],
  ["{ $.record.list[2].y = 2 }", false],
  ["{ $.record.type.length NOT EXISTS }", true],
  ["{ $.toString NOT EXISTS }", true],
  ['{ $.level = "INFO" || $.status = 502 && $.retry IS TRUE }', true],
  ['{ ($.level = "ERROR" || $.status = 1) && $.retry IS FALSE }', false],
  ['{ $.level = "ERROR" || $.status = 1 && $.retry IS FALSE }', true],
])("the JSON pattern %s matches: %s", (pattern, matches) => {
  expect(parseFilterPattern(pattern)(json)).toBe(matches);
});

test.each([
  ["*", "", true],
  ["a*", "abc", true],
  ["*c", "abc", true],
  ["a*c", "abc", true],
  ["a*c", "a\nc", true],
  ["ab*bc", "abc", false],
  ["a*b*c", "acbc", true],
  ["a*b*c", "acb", false],
  ["*b*b*", "abc", false],
  ["*b**b*", "abcb", true],
  ["a.c", "abc", false],
])("the text %s matches %j: %s", (text, value, matches) => {
  expect(parseFilterPattern(`{ $.v = "${text}" }`)(JSON.stringify({ v: value }))).toBe(matches);
});

test("a text with many * costs no more than its length", () => {
  const message = JSON.stringify({ v: "a".repeat(180) });
  const before = process.cpuUsage();
  expect(parseFilterPattern('{ $.v = "*a*a*a*a*x" }')(message)).toBe(false);
  // Far below a millisecond of the processor's time; some seconds for a regular expression that goes
  // back and forth.
  expect(process.cpuUsage(before).user).toBeLessThan(500_000);
});

test.each(["plain text", "[1]", '{"broken', "7"])(
  "no JSON pattern matches a message that is no object: %s",
  (message) => {
    expect(parseFilterPattern("{ $.absent NOT EXISTS }")(message)).toBe(false);
  },
);

test.each([
  ["foo.bar", "Invalid character(s) in term 'foo.bar'"],
  ['"open', "Invalid character(s) in term"],
  ['{ $."detail-type" = "x" }', "Invalid character(s) in term '$'"],
  ["{ level = 1 }", "Invalid character(s) in term 'level'"],
  ["{ $.level = 1", "Invalid character(s) in term ''"],
  ["{ $.level = 1 } x", "Invalid character(s) in term 'x'"],
  ["{ $.level }", "Invalid character(s) in term"],
  ["{ $.level > ERROR }", "Invalid character(s) in term 'ERROR'"],
  ["{ $.level = && }", "Invalid character(s) in term '&&'"],
  ["{ $.retry IS MAYBE }", "Invalid character(s) in term"],
  ["{ }", "Invalid character(s) in term '}'"],
  ["[ip, user]", "does not support space-delimited filter patterns"],
  ["%ERR.R%", "does not support regular expressions in filter patterns"],
  ["{ $.level = %ERR.R% }", "Invalid character(s) in term '%'"],
  ["ERROR ?topic", "does not support filter patterns with both optional and other terms"],
])("the pattern %s is rejected", (pattern, message) => {
  expect(() => parseFilterPattern(pattern)).toThrow(
    expect.objectContaining({
      code: "InvalidParameterException",
      message: expect.stringContaining(message),
    }),
  );
});
