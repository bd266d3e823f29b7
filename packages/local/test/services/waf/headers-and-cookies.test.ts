/** Headers and cookies as a whole: which of them are inspected, and what of them. */
import { describe, expect, it } from "vitest";
import { byte, cookies, headers, isMatch, size } from "./statements.ts";

// Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html

const sent = {
  headers: [
    ["Host", "example.com"],
    ["X-Name", "one"],
    ["Cookie", "theme=dark; Session=two"],
    ["cookie", "lang=en=us"],
  ] as [string, string][],
};

/** Which of these words a component contains. */
const found = (component: object, ...words: string[]) =>
  words.filter((word) => isMatch(byte(component, "EXACTLY", word), sent));

const amongHeaders = (pattern: object, scope?: string) =>
  found(headers("CONTINUE", pattern, scope), "X-Name", "one", "example.com", "lang=en=us");

const amongCookies = (pattern: object, scope?: string) =>
  found(cookies("CONTINUE", pattern, scope), "Session", "two", "dark", "en=us");

describe("the headers", () => {
  it("are inspected by name and value, cookies included", () => {
    expect(amongHeaders({ all: {} })).toEqual(["X-Name", "one", "example.com", "lang=en=us"]);
    expect(amongHeaders({ all: {} }, "KEY")).toEqual(["X-Name"]);
    expect(amongHeaders({ all: {} }, "VALUE")).toEqual(["one", "example.com", "lang=en=us"]);
  });

  it("are selected by their names, in any case", () => {
    expect(amongHeaders({ includedHeaders: ["x-NAME"] })).toEqual(["X-Name", "one"]);
    expect(amongHeaders({ excludedHeaders: ["x-name", "cookie"] })).toEqual(["example.com"]);
  });
});

describe("the cookies", () => {
  it("of all Cookie headers are inspected by name and value", () => {
    expect(amongCookies({ all: {} })).toEqual(["Session", "two", "dark", "en=us"]);
    expect(amongCookies({ all: {} }, "KEY")).toEqual(["Session"]);
    expect(amongCookies({ all: {} }, "VALUE")).toEqual(["two", "dark", "en=us"]);
  });

  it("are selected by their exact names", () => {
    expect(amongCookies({ includedCookies: ["session"] })).toEqual([]);
    expect(amongCookies({ includedCookies: ["Session"] })).toEqual(["Session", "two"]);
    expect(amongCookies({ excludedCookies: ["Session", "theme"] })).toEqual(["en=us"]);
  });

  it("that are not there match nothing", () => {
    expect(isMatch(size(cookies("CONTINUE"), "GE", 0), { headers: [["a", "b"]] })).toBe(false);
  });
});

it.each<[string, object]>([
  ["no pattern", headers("MATCH", {})],
  ["two patterns", headers("MATCH", { all: {}, includedHeaders: ["a"] })],
  ["an empty list", cookies("MATCH", { includedCookies: [] })],
  ["no oversize handling", { headers: [{ matchPattern: { all: {} }, matchScope: "ALL" }] }],
  ["another oversize handling", headers("BLOCK")],
  ["two lists", { headers: [...headers("MATCH").headers, ...headers("MATCH").headers] }],
  ["a fragment, which API Gateway does not have", { uriFragment: {} }],
])("a component with %s is rejected", (_, component) => {
  expect(() => isMatch(byte(component, "EXACTLY", "a"), {})).toThrow("does not support");
});
