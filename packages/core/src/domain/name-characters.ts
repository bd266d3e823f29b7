/** What a name may hold: characters that a reader sees and that every later stage carries. */

/**
 * How many nonspacing marks one letter may have (UTS #39, 5.4), code points one character, and joiners
 * and selectors a name, those of recommended emoji aside: their number bounds what they can hide.
 */
export const characterLimits = { marks: 4, codePoints: 16, joiners: 16 } as const;

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

/** The letters and viramas of India's scripts and Sinhala. */
const INDIC = String.raw`[[\u0900-\u0DFF]&&\p{L}]`;
const VIRAMA = String.raw`[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA]`;

/** Arabic letters in use that join the next one (Joining_Type D of ArabicShaping.txt), and all. */
const JOINS_NEXT =
  String.raw`[\u0620\u0626\u0628\u062A-\u062E\u0633-\u063F\u0641-\u0647\u0649\u064A\u0678-\u0687` +
  String.raw`\u069A-\u06BF\u06C1\u06C2\u06CC\u06CE\u06D0\u06D1]`;
const ARABIC = String.raw`[[\u0622-\u06FF]&&\p{Lo}]`;

/**
 * Where a joiner changes what is seen (RFC 5892, A.1 and A.2; UAX #31, 2.3): after a virama, and, not to
 * join, between Arabic letters that would; besides, between a letter and its virama, which spells
 * Bengali ya, and after a Kurdish heh that ends a word.
 */
const JOINER = [
  String.raw`(?<=${INDIC}\p{M}*${VIRAMA})\p{Join_C}`,
  String.raw`(?<=${INDIC})\u200D(?=${VIRAMA}${INDIC})`,
  String.raw`(?<=${JOINS_NEXT}\p{Mn}*)\u200C(?=${ARABIC})`,
  String.raw`(?<=\u0647)\u200C(?![\p{L}\p{M}])`,
].join("|");

/** An emoji that was text before (nearly: UTS #51, 1.4.3), with the selector that shows it as either. */
const SELECTED = String.raw`[[\p{Emoji}&&\p{ExtPict}]--[\p{EPres}&&[\u{1F600}-\u{10FFFF}]]][\uFE0E\uFE0F](?!\u200D)`;

/**
 * Where unseen code points are part of what is seen: in emoji that Unicode recommends for interchange
 * (UTS #51), and, in the group, as a selector or a joiner.
 */
const spelled = lazyPattern(
  String.raw`\p{RGI_Emoji}(?![\uFE0E\uFE0F])|(${SELECTED}|${JOINER})`,
  "gv",
);

/** Whether every code point of a text is seen, or is part of how something seen is spelled. */
export function isVisible(text: string): boolean {
  if (PLAIN_ASCII.test(text) || !unseen().test(text)) return true;
  const joiners = [...text.matchAll(spelled())].filter(([, joiner]) => joiner !== undefined);
  return joiners.length <= characterLimits.joiners && !unseen().test(text.replace(spelled(), ""));
}

/** A mark on nothing or on a space, too many nonspacing marks in a row, or one of them twice. */
const piledUp = lazyPattern(
  String.raw`(?:^|\p{Z})\p{M}` +
    String.raw`|(?:[\p{Mn}\p{Me}]\p{Mc}*){${characterLimits.marks + 1}}` +
    String.raw`|([\p{Mn}\p{Me}])\p{M}*\1`,
  "v",
);

/** Scripts with a mark that joins letters (combining class 9), such as a virama: it may show nothing by itself. */
const JOINING_SCRIPTS =
  "AhomBaliBatkBengBhksBrahCakmDevaDiakDogrGongGonmGranGujrGukhGuruHanoJavaKawiKharKhmrKhojKndaKthiLana" +
  "LaooMlymModiMteiMymrNandNewaOryaRjngSaurShrdSiddSindSinhSoyoSundSyloTakrTamlTeluTglgThaiTibtTirhTutgZanb";

/** A mark of such a script that does not follow a character of it. */
const misplaced = lazyPattern(
  JOINING_SCRIPTS.replace(/..../g, String.raw`(?<!\p{sc=$&})[\p{M}&&\p{sc=$&}]|`) + "^$",
  "v",
);

/** Whether each character has few enough marks and code points to be read, and its marks where they show. */
export function isReadable(text: string): boolean {
  if (PLAIN_ASCII.test(text)) return true;
  // Decomposed, as letters can bring marks of their own; without joiners, which could stand between marks.
  const decomposed = text.normalize("NFD").replace(/\p{Join_C}/gu, "");
  if (piledUp().test(decomposed)) return false;
  if (/[\p{M}--\p{sc=Zinh}]/v.test(decomposed) && misplaced().test(decomposed)) return false;
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
