/** The rules of a name, each from both sides. */
import { nameSchema } from "@secure-lambda/core";
import { describe, expect, test } from "vitest";

const family = "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}";

/** What the schema says about an input that it refuses. */
function complaints(input: unknown): string[] {
  return nameSchema.safeParse(input).error?.issues.map(({ message }) => message) ?? [];
}

describe("a name is taken as it is", () => {
  test.each([
    ["Latin", "Ada Lovelace"],
    ["one character", "A"],
    ["an emoji of several code points", family],
    ["right-to-left text", "שָׁלוֹם עולם"],
    ["combining marks that have no composed form", "q\u0323\u0307"],
    ["an apostrophe and a hyphen", "O’Neill-Smith"],
    ["markup and templates, which are data here", "<script>{{7*7}}</script>${x}"],
    ["an address, which is data here", "http://169.254.169.254/latest/meta-data"],
    ["256 letters", "a".repeat(256)],
    ["256 characters of 2 units", "😀".repeat(256)],
    ["93 characters of 11 units, just below the cap on raw length", family.repeat(93)],
  ])("when it is %s", (_, input) => {
    expect(nameSchema.parse(input)).toBe(input);
  });
});

describe("a name is made uniform", () => {
  test.each([
    ["decomposed letters are composed", "Ame\u0301lie", "Amélie"],
    ["spaces at both ends are dropped", "  Ada ", "Ada"],
    ["other spaces at both ends are dropped", "\u00A0\u3000Ada\u2003", "Ada"],
    ["spaces inside are kept", " Ada  Lovelace ", "Ada  Lovelace"],
    ["256 characters remain after trimming", ` ${"a".repeat(256)} `, "a".repeat(256)],
    ["256 characters remain after composing", "e\u0301".repeat(256), "é".repeat(256)],
  ])("%s", (_, input, output) => {
    expect(nameSchema.parse(input)).toBe(output);
  });
});

describe("a name is refused, with what would be right", () => {
  const tooLong = "must be at most 256 characters long";
  const tooManyUnits = "must be at most 1024 UTF-16 code units long";
  const illFormed = "must be well-formed Unicode, without lone surrogates";
  const control = "must not contain control characters or line separators";
  const empty = "must have at least 1 visible character";
  const unseen = "must hold only visible characters that Unicode defines, and ordinary spaces";
  const marks =
    "must have combining marks only on characters of their script, at most 4 and each once, and at most 16 code points in a character";

  test.each<[string, unknown, string]>([
    ["absent", undefined, "is required"],
    ["null", null, "must be a string"],
    ["a number", 7, "must be a string"],
    ["an object", { toString: "Ada" }, "must be a string"],
    ["an array", ["Ada"], "must be a string"],
    ["empty", "", empty],
    ["spaces only", "  \u3000 ", empty],
    ["a space without width", "\u200B", unseen],
    ["direction marks only", "\u200F\u200E", unseen],
    ["a soft hyphen", "\u00AD", unseen],
    ["a blank letter", "\u3164", unseen],
    ["a blank Braille pattern", "\u2800", unseen],
    ["hidden tag characters", "\u{E0041}\u{E0042}", unseen],
    ["a mark on nothing", "\u0301", marks],
    ["a noncharacter", "\uFFFF", unseen],
    ["a joiner where nothing joins", "A\u200Dda", unseen],
    ["a private use character", "Ada\uE000", unseen],
    ["five marks on a letter", "Ad\u0300\u0316\u0327\u0334\u0338a", marks],
    ["a mark twice", "Ad\u0323\u0323a", marks],
    ["a character without end", "\u1100".repeat(17), marks],
    ["257 letters", "a".repeat(257), tooLong],
    ["257 characters of 2 units", "😀".repeat(257), tooLong],
    ["257 characters with combining marks", "x\u0323".repeat(257), tooLong],
    ["one character with 1,024 marks", `x${"\u0301".repeat(1_024)}`, tooManyUnits],
    ["characters that NFC makes three times as long", "\u{1D160}".repeat(256), tooManyUnits],
    ["513 characters of 2 units", "😀".repeat(513), tooManyUnits],
    ["1,025 spaces", " ".repeat(1_025), tooManyUnits],
    ["a lone high surrogate", "Ada\uD83D", illFormed],
    ["a lone low surrogate", "\uDE00Ada", illFormed],
    ["a swapped surrogate pair", "\uDE00\uD83D", illFormed],
    ["NUL inside", "A\u0000da", control],
    ["a line feed inside", "Ada\nLovelace", control],
    ["a line feed at the end", "Ada\n", control],
    ["a carriage return at the start", "\rAda", control],
    ["a tab at the end", "Ada\t", control],
    ["an escape sequence", "\u001B[31mAda", control],
    ["DEL", "Ada\u007F", control],
    ["an override of direction", "Ada\u202Emoc.live", unseen],
    ["an isolate of direction", "\u2067Ada\u2069", unseen],
    ["a C1 control", "Ada\u0085", control],
    ["a line separator", "Ada\u2028", control],
    ["a paragraph separator", "\u2029Ada", control],
  ])("when it is or has %s", (_, input, complaint) => {
    expect(complaints(input)).toEqual([complaint]);
  });
});

test("a name is refused only for the first rule that it breaks", () => {
  const input = "\n\uD83D".repeat(600);
  expect(complaints(input)).toEqual(["must be at most 1024 UTF-16 code units long"]);
});

test.each([
  ["composed by NFC", " Ame\u0301lie "],
  ["made longer by NFC", "\u{1D160}".repeat(170)],
  ["with four marks on a letter", "q\u0334\u0327\u0316\u0300"],
])("a name's rules hold again for a name %s", (_, input) => {
  const once = nameSchema.parse(input);
  expect(nameSchema.parse(once)).toBe(once);
});
