/** PCRE translated to RE2: the same meaning, or rejected. */
import { describe, expect, it } from "vitest";
import { compilePcre } from "../../../src/services/waf/inspection/pcre.ts";

const raw = String.raw;

describe("a regular expression", () => {
  it.each([
    ["(?i)BadBot", "badbot", "bad-bot"],
    [raw`^/v\d+/[a-z]{2,3}$`, "/v12/abc", "/v12/abcd"],
    ["a.c", "a\rc", "a\nc"],
    ["^end$", "end\n", "end\n\n"],
    [raw`a\sb`, "a\tb", "a\u00a0b"],
    [raw`a[\s-]b`, "a b", "a\u00a0b"],
    [raw`^\S+$`, "a\u00a0b", "a b"],
    ["[]a]", "]", "b"],
    ["[^]a]", "b", "]"],
    ["[[a]", "[", "b"],
    [raw`\bword\b`, "a word.", "swords"],
    [raw`\x41\.\/`, "A./", "A/"],
    ["^(?:a$|b$)", "a\n", "ab"],
    ["a(?:b|c)", "ac", "ad"],
    ["^(a|b)*?c$", "abac", "abad"],
    ["é", "\u00c3\u00a9", "\u00e9"],
  ])("%s matches %j and not %j", (pattern, match, miss) => {
    expect(compilePcre(pattern).test(match)).toBe(true);
    expect(compilePcre(pattern).test(miss)).toBe(false);
  });

  it("takes time in proportion to the text, however its repetitions are nested", () => {
    const text = `${"a".repeat(16_384)}!`;
    for (const pattern of [
      "(a+)+$",
      "(a|aa)+$",
      "^(a|a?)+$",
      "(.*a){12}$",
      "^(([a-z])+.)+[A-Z]$",
    ]) {
      expect(compilePcre(pattern).test(text)).toBe(false);
    }
  });

  // AWS WAF rejects most of these, too.
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-regex-pattern-support.html
  it.each([
    raw`(a)\1`,
    raw`\Aabc\z`,
    raw`\Qa.b\E`,
    raw`\K`,
    raw`\R`,
    raw`\h`,
    raw`\p{L}`,
    "[[:alpha:]]",
    "(?>a)",
    "(?<=a)b",
    "a(?=b)",
    "a(?!b)",
    raw`a$\n`,
    "a{1001}",
    "[ab][^x]{0,900}[xy]",
    "(?:[ab][^x]{0,300}){3}[xy]",
    "(?i)é",
    raw`(?i)\xe9`,
    raw`(?i)[\xe0-\xef]`,
    "(?<name>a)",
    "(?P<name>a)",
    "(?R)",
    "(?(1)a)",
    "(?m)^a",
    "a(?i)b",
    "(*COMMIT)a",
    "a++",
    "a{2}+",
    "a**",
    "[a",
    "(a",
    "a)",
    "[z-a]",
    raw`a\ `.trimEnd(),
  ])("%s is rejected, and named", (pattern) => {
    expect(() => compilePcre(pattern)).toThrow(`the regular expression "${pattern}" from`);
  });
});
