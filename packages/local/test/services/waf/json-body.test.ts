/** The body as JSON. */
import { describe, expect, it } from "vitest";
import { bytes } from "./web-acls.ts";
import { byte, isMatch, jsonBody, size } from "./statements.ts";

// Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html

/** Which of these words are among the inspected texts of a body. */
const found = (body: string, settings: object, ...words: string[]) =>
  words.filter((word) => isMatch(byte(jsonBody(settings), "EXACTLY", word), { body: bytes(body) }));

const at = (...includedPaths: string[]) => ({ matchPattern: { includedPaths } });

const withFallback = (invalidFallbackBehavior: string, word: string) =>
  byte(jsonBody({ invalidFallbackBehavior }), "CONTAINS", word);

const document = '{"a":{"c":"d","b":{"e":{"f":"g"}}},"list":[{"n":1},{"n":null}]}';

describe("a JSON body", () => {
  it("is inspected by its keys, its values or both", () => {
    const words = ["a", "f", "d", "g", "1", "null", "0"];
    expect(found(document, {}, ...words)).toEqual(["a", "f", "d", "g", "1", "null"]);
    expect(found(document, { matchScope: "KEY" }, ...words)).toEqual(["a", "f"]);
    expect(found(document, { matchScope: "VALUE" }, ...words)).toEqual(["d", "g", "1", "null"]);
  });

  it.each([
    ["ALL", ["e", "f", "g"]],
    ["KEY", ["e", "f"]],
    ["VALUE", ["g"]],
  ])("is inspected below a path, without the path's own key: %s", (matchScope, expected) => {
    const matchPattern = { includedPaths: ["/a/b"] };
    const words = ["a", "b", "c", "d", "e", "f", "g"];
    expect(found(document, { matchPattern, matchScope }, ...words)).toEqual(expected);
  });

  it("has paths through lists, and to single values", () => {
    expect(found(document, at("/list/1/n"), "1", "null")).toEqual(["null"]);
    expect(found('{"a/b":{"m~n":"x"}}', at("/a~1b/m~0n"), "x")).toEqual(["x"]);
  });

  it("is read as it is meant: escapes are decoded, to UTF-8", () => {
    const escaped = String.raw`{"name":"\u0024{jndi:x}","other":"\ud83d\ude00\/\n"}`;
    expect(found(escaped, {}, "${jndi:x}", "😀/\n")).toEqual(["${jndi:x}", "😀/\n"]);
    expect(found('{"name":"é"}', {}, "é")).toEqual(["é"]);
  });

  it("may be as deep as its size allows", () => {
    const deep = `${"[".repeat(8000)}"bad"${"]".repeat(8000)}`;
    expect(found(deep, {}, "bad")).toEqual(["bad"]);
    expect(found(deep, { matchPattern: { includedPaths: ["/0/0"] } }, "bad")).toEqual(["bad"]);
  });

  it("that is empty matches nothing", () => {
    const statement = size(jsonBody({ invalidFallbackBehavior: "MATCH" }), "GE", 0);
    expect(isMatch(statement, { body: bytes("") })).toBe(false);
  });
});

describe("a body that is no JSON", () => {
  it.each([
    ["a text", "bad"],
    ["a root that is no object or list", '"bad"'],
    ["a comma too many", '{"a":"bad",}'],
    ["no comma", '{"a":"bad" "b":1}'],
    ["a key that comes twice", '{"a":"bad","a":1}'],
    ["the wrong bracket", '{"a":"bad"]'],
    ["more after its end", '{"a":"bad"} x'],
    ["no end", '{"a":"bad"'],
    ["a control character", '{"a":"bad\n"}'],
    ["an unknown escape", String.raw`{"a":"bad","b":"\x41"}`],
    ["a cut-off end", `{"a":"bad","b":"${"x".repeat(16_384)}"}`],
  ])("is decided by the fallback: %s", (_, body) => {
    const asked = { body: bytes(body) };
    expect(isMatch(withFallback("MATCH", "never"), asked)).toBe(true);
    expect(isMatch(withFallback("NO_MATCH", "bad"), asked)).toBe(false);
    expect(isMatch(withFallback("EVALUATE_AS_STRING", "bad"), asked)).toBe(true);
  });

  it("is inspected up to the error without a fallback", () => {
    expect(found('{"a":"before",,"b":"after"}', {}, "before", "after")).toEqual(["before"]);
  });
});

it("a path that is no JSON Pointer is rejected", () => {
  const matchPattern = { includedPaths: ["name"] };
  expect(() => found("{}", { matchPattern }, "x")).toThrow("JSON Pointer");
});
