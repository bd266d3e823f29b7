/** Statements on the content of a request: bytes, sizes, regular expressions. */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import type { WafRequest } from "../../../src/services/waf/inspection/request.ts";
import { ask, blocks, bytes, guard, environment, plainText } from "./web-acls.ts";

type Asked = Partial<WafRequest>;

/** Whether a web ACL with this one statement blocks a request. */
function isMatch(statement: object, request: Asked, over: object = {}): boolean {
  const waf = createWaf(environment);
  guard(waf, [blocks(statement)], over);
  return ask(waf, request).action === "block";
}

const byte = (fieldToMatch: object, positionalConstraint: string, searchString: string) => ({
  byteMatchStatement: {
    fieldToMatch,
    positionalConstraint,
    searchString,
    textTransformations: plainText,
  },
});

const size = (fieldToMatch: object, comparisonOperator: string, bound: number) => ({
  sizeConstraintStatement: {
    fieldToMatch,
    comparisonOperator,
    size: bound,
    textTransformations: plainText,
  },
});

const uriPath = { uriPath: {} };

const body = (oversizeHandling?: string) => ({
  body: oversizeHandling ? { oversizeHandling } : {},
});

const regex = (regexString: string) => ({
  regexMatchStatement: { fieldToMatch: uriPath, regexString, textTransformations: plainText },
});

const patterns = (...all: string[]) => ({
  regularExpressions: all.map((regexString) => ({ regexString })),
});

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

  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html
  it.each<[string, [string, string][]]>([
    ["the 201st header", Array.from({ length: 200 }, (_, index) => [`a${index}`, ""])],
    ["a header beyond 8 KB", [["a", "x".repeat(8190)]]],
  ])("%s is not inspected", (_, before) => {
    const statement = byte({ singleHeader: { name: "z" } }, "EXACTLY", "bad");
    expect(isMatch(statement, { headers: [...before, ["z", "bad"]] })).toBe(false);
    expect(isMatch(statement, { headers: [...before.slice(1), ["z", "bad"]] })).toBe(true);
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

describe("a body larger than is inspected", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html
  const atLimit = { body: Buffer.alloc(16_384, "a") };
  const beyond = { body: Buffer.concat([Buffer.alloc(16_384, "a"), bytes("bad")]) };
  it.each([
    ["MATCH", true],
    ["NO_MATCH", false],
    ["CONTINUE", true],
    [undefined, true],
  ])("with %s and a statement that its first 16 KB match: %s", (handling, expected) => {
    expect(isMatch(byte(body(handling), "STARTS_WITH", "aa"), atLimit)).toBe(true);
    expect(isMatch(byte(body(handling), "STARTS_WITH", "aa"), beyond)).toBe(expected);
  });

  it.each([
    ["MATCH", true],
    ["NO_MATCH", false],
    ["CONTINUE", false],
    [undefined, false],
  ])("with %s and a statement that only the rest matches: %s", (handling, expected) => {
    expect(isMatch(byte(body(handling), "CONTAINS", "bad"), beyond)).toBe(expected);
  });

  it("counts as 16 KB for a size constraint that continues", () => {
    expect(isMatch(size(body("CONTINUE"), "GT", 16_384), beyond)).toBe(false);
    expect(isMatch(size(body("CONTINUE"), "GE", 16_384), beyond)).toBe(true);
    expect(isMatch(size(body("MATCH"), "GT", 20_000), beyond)).toBe(true);
  });

  it.each([
    ["KB_16", 16_384],
    ["KB_32", 32_768],
    ["KB_48", 49_152],
    ["KB_64", 65_536],
  ])("is larger than %s if the web ACL says so", (name, limit) => {
    const associationConfig = {
      requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: name } }],
    };
    const oversize = byte(body("MATCH"), "EXACTLY", "x");
    const has = (length: number) =>
      isMatch(oversize, { body: Buffer.alloc(length) }, { associationConfig });
    expect([has(limit), has(limit + 1)]).toEqual([false, true]);
  });
});

describe("regular expressions", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-regex-match.html
  it("match when the pattern is found", () => {
    expect(isMatch(regex("B[a@]dB[o0]t"), { path: "/x-B@dB0t/" })).toBe(true);
    expect(isMatch(regex("B[a@]dB[o0]t"), { path: "/BidBot" })).toBe(false);
  });

  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-regex-pattern-set-match.html
  it("of a set match by any of its patterns, and change with the set", () => {
    const waf = createWaf(environment);
    const set = { name: "set", scope: "REGIONAL" } as const;
    const { id, arn } = waf.putRegexPatternSet({ ...set, ...patterns("^/a$", "^/b$") });
    const reference = { arn, fieldToMatch: uriPath, textTransformations: plainText };
    const acl = guard(waf, [blocks({ regexPatternSetReferenceStatement: reference })]);
    const actions = () => ["/a", "/b", "/c"].map((path) => ask(waf, { path }).action);
    expect(actions()).toEqual(["block", "block", "allow"]);
    waf.putRegexPatternSet({ ...set, id, ...patterns("^/c$") });
    expect(actions()).toEqual(["allow", "allow", "block"]);

    expect(() => waf.deleteRegexPatternSet(id)).toThrow("still in use");
    guard(waf, [], { id: acl.id });
    waf.deleteRegexPatternSet(id);
    expect(() => guard(waf, [blocks({ regexPatternSetReferenceStatement: reference })])).toThrow(
      "does not exist",
    );
  });

  it("of a set that has a new name are not found by the old one", () => {
    const waf = createWaf(environment);
    const set = { name: "old", scope: "REGIONAL" } as const;
    const { id, arn } = waf.putRegexPatternSet({ ...set, ...patterns("^/a$") });
    waf.putRegexPatternSet({ ...set, id, name: "new", ...patterns("^/a$") });
    const reference = { arn, fieldToMatch: uriPath, textTransformations: plainText };
    const put = () => guard(waf, [blocks({ regexPatternSetReferenceStatement: reference })]);
    expect(put).toThrow(arn);
  });

  it.each([
    ["eleven patterns", Array.from({ length: 11 }, () => "a")],
    ["a pattern of 201 characters", ["a".repeat(201)]],
    ["a backreference", [String.raw`(a)\1`]],
  ])("of a set with %s are rejected", (_, all) => {
    const regularExpressions = all.map((regexString) => ({ regexString }));
    const put = () =>
      createWaf(environment).putRegexPatternSet({
        name: "set",
        scope: "REGIONAL",
        regularExpressions,
      });
    expect(put).toThrow("does not support");
  });
});
