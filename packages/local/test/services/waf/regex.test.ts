/** Statements of regular expressions, and sets of them. */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import { ask, blocks, guard, environment, plainText } from "./web-acls.ts";
import { isMatch, uriPath, regex, patterns } from "./statements.ts";

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
