/** What a name may hold: characters that a reader sees and that every later stage carries. */

/** How many nonspacing marks one letter may have (UTS #39, 5.4), and code points one character. */
export const characterLimits = { marks: 4, codePoints: 16 } as const;

/** A pattern that is compiled when it is first needed: names in plain ASCII never wait for one. */
function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => (pattern ??= new RegExp(source, flags));
}

const PLAIN_ASCII = /^[ -~]*$/u;

/** What no property says it of: blanks, fillers and joiners, by their names in Unicode. */
const BLANK = String.raw`\u2800\u2D7F\uFFFC\u{1107F}\u{13441}\u{13442}\u{16FE4}\u{1BC9D}\u{1D159}`;

/**
 * Control, format, private use and unassigned code points, noncharacters and halves of surrogate pairs
 * (`C`), what has no glyph by default (`DI`, such as variation selectors and Hangul fillers), and every
 * separator but the spaces that keyboards have.
 */
const unseen = lazyPattern(String.raw`[\p{C}\p{DI}[\p{Z}--[ \u00A0\u3000]]${BLANK}]`, "v");

/** Scripts whose spelling needs the joiners U+200C and U+200D (The Unicode Standard, 23.2). */
const JOINING_SCRIPTS =
  "Adlm Arab Beng Deva Gujr Guru Khmr Knda Mlym Mong Mymr Nkoo Orya Rohg Sinh Syrc Taml Telu"
    .split(" ")
    .map((script) => String.raw`\p{scx=${script}}`)
    .join("");

/**
 * Where unseen code points are part of what is seen: in emoji that Unicode recommends for interchange
 * (UTS #51), as the selector that shows one as emoji or as text, and as one joiner after a letter of
 * a joining script and its marks. A selector before a joiner belongs to a sequence.
 */
const spelled = lazyPattern(
  String.raw`[\p{Emoji}&&\p{ExtPict}][\uFE0E\uFE0F](?!\u200D)|\p{RGI_Emoji}` +
    String.raw`|(?<=[\p{L}&&[${JOINING_SCRIPTS}]]\p{M}*)\p{Join_C}`,
  "gv",
);

/** Whether every code point of a text is seen, or is part of how something seen is spelled. */
export function isVisible(text: string): boolean {
  if (PLAIN_ASCII.test(text) || !unseen().test(text)) return true;
  return !unseen().test(text.replace(spelled(), ""));
}

/** A mark on nothing or on a space, too many nonspacing marks in a row, or one of them twice. */
const piledUp = lazyPattern(
  String.raw`(?:^|\p{Z})\p{M}` +
    String.raw`|(?:[\p{Mn}\p{Me}]\p{Mc}*){${characterLimits.marks + 1}}` +
    String.raw`|([\p{Mn}\p{Me}])\p{M}*\1`,
  "v",
);

/** Whether each character has few enough marks and code points to be read. */
export function isReadable(text: string): boolean {
  if (PLAIN_ASCII.test(text)) return true;
  // Decomposed, as letters can bring marks of their own; without joiners, which could stand between marks.
  if (piledUp().test(text.normalize("NFD").replace(/\p{Join_C}/gu, ""))) return false;
  if (text.length <= characterLimits.codePoints) return true;
  return splitCharacters(text).every(
    (character) => Array.from(character).length <= characterLimits.codePoints,
  );
}

/** A text's characters as a reader counts them: its grapheme clusters. */
export function splitCharacters(text: string): readonly string[] {
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
