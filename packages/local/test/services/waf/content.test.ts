/** Statements on the content of a request: bytes, sizes, components. */
import { describe, expect, it } from "vitest";
import { bytes } from "./web-acls.ts";
import { type Asked, isMatch, byte, size, uriPath } from "./statements.ts";

describe("byte match statements", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-string-match.html
  it.each([
    ["EXACTLY", "/a/b", "/a/b", "/a/bc"],
    ["STARTS_WITH", "/a", "/a/b", "/b/a"],
    ["ENDS_WITH", "/b", "/a/b", "/b/a"],
    ["CONTAINS", "bad", "/xbadx", "/b-ad"],
    ["CONTAINS_WORD", "BadBot", "/BadBot;", "/BadBots"],
    ["CONTAINS_WORD", "BadBot", "-BadBot", "aBadBot"],
    ["CONTAINS_WORD", "BadBot", "BadBot", "_BadBot_"],
    ["CONTAINS", "BAD", "/BAD", "/bad"],
  ])("%s %s matches %s and not %s", (position, wanted, match, miss) => {
    expect(isMatch(byte(uriPath, position, wanted), { path: match })).toBe(true);
    expect(isMatch(byte(uriPath, position, wanted), { path: miss })).toBe(false);
  });

  it("compare bytes, so that a letter of two bytes is found as it was sent", () => {
    const statement = byte({ body: {} }, "CONTAINS", "é");
    expect(isMatch(statement, { body: bytes("caf\u00e9") })).toBe(true);
    expect(isMatch(statement, { body: Buffer.from("caf\u00e9", "latin1") })).toBe(false);
  });

  it("reject a word that is not made of letters, digits and underscores", () => {
    expect(() => isMatch(byte(uriPath, "CONTAINS_WORD", "a b"), {})).toThrow("CONTAINS_WORD");
    expect(() => isMatch(byte(uriPath, "CONTAINS", "a".repeat(201)), {})).toThrow("200");
  });
});

describe("components", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html
  it.each<[string, object, Asked, Asked]>([
    ["the method", { method: {} }, { method: "bad" }, { path: "/bad" }],
    ["the path", uriPath, { path: "/bad" }, { queryString: "bad" }],
    ["the query string", { queryString: {} }, { queryString: "bad=1" }, { path: "/bad" }],
    [
      "a header whatever the case of its name",
      { singleHeader: { name: "x-name" } },
      { headers: [["X-Name", "bad"]] },
      { headers: [["X-Other", "bad"]] },
    ],
    [
      "any of several headers of a name",
      { singleHeader: { name: "x-name" } },
      {
        headers: [
          ["x-name", "good"],
          ["x-name", "bad"],
        ],
      },
      { headers: [] },
    ],
    [
      "any argument of a name, whatever its case",
      { singleQueryArgument: { name: "SalesRegion" } },
      { queryString: "salesregion=a&salesregion=bad" },
      { queryString: "other=bad" },
    ],
    [
      "the values of all arguments",
      { allQueryArguments: {} },
      { queryString: "a=1&b=x=bad" },
      { queryString: "bad=1" },
    ],
    ["the body", { body: {} }, { body: bytes('{"a":"bad"}') }, { path: "/bad" }],
  ])("%s: inspected, and nothing else", (_, component, match, miss) => {
    expect(isMatch(byte(component, "CONTAINS", "bad"), match)).toBe(true);
    expect(isMatch(byte(component, "CONTAINS", "bad"), miss)).toBe(false);
  });

  it("a header that is not there matches nothing, whatever it is compared with", () => {
    const header = { singleHeader: { name: "x-name" } };
    expect(isMatch(size(header, "GE", 0), { headers: [] })).toBe(false);
    expect(isMatch(size(header, "GE", 0), { headers: [["x-name", ""]] })).toBe(true);
  });

  // Assumed to be so as the page says in other languages: a single header is inspected as a whole.
  it("a single header is inspected wherever it stands", () => {
    const statement = byte({ singleHeader: { name: "z" } }, "ENDS_WITH", "bad");
    const before = Array.from({ length: 200 }, (_, index): [string, string] => [`a${index}`, ""]);
    expect(isMatch(statement, { headers: [...before, ["z", "bad"]] })).toBe(true);
    expect(isMatch(statement, { headers: [["z", `${"x".repeat(8192)}bad`]] })).toBe(true);
  });
});

describe("size constraints", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-size-constraint-match.html
  it.each([
    ["EQ", [4]],
    ["NE", [3, 5]],
    ["LE", [3, 4]],
    ["LT", [3]],
    ["GE", [4, 5]],
    ["GT", [5]],
  ])("%s 4 bytes", (operator, matching) => {
    const sizes = [3, 4, 5].filter((length) =>
      isMatch(size(uriPath, operator, 4), { path: "x".repeat(length) }),
    );
    expect(sizes).toEqual(matching);
  });

  it("count bytes, after the transformations", () => {
    const twoBytes = { body: bytes("é") };
    expect(isMatch(size({ body: {} }, "EQ", 2), twoBytes)).toBe(true);
    const decoded = size({ queryString: {} }, "EQ", 1);
    decoded.sizeConstraintStatement.textTransformations = [{ priority: 0, type: "URL_DECODE" }];
    expect(isMatch(decoded, { queryString: "%41" })).toBe(true);
  });
});
