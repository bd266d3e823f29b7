/** The caller's name: the only definition of its rules. */
import * as z from "zod/mini";

/** How long a name may be: in characters as a reader counts them, and in UTF-16 code units. */
export const nameLimits = { characters: 256, units: 1_024 } as const;

/** The last two ranges are bidirectional controls, which reorder the text around a name. */
const CONTROL_OR_SEPARATOR = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
/** What shows nothing by itself: marks, spaces, formats, and the letters and the symbol that are blank. */
const INVISIBLE = /[\p{C}\p{M}\p{Z}\u115F\u1160\u2800\u3164\uFFA0]/gu;
const TOO_MANY_UNITS = `must be at most ${nameLimits.units} UTF-16 code units long`;

/**
 * Parses a name as it came from outside into a `Name`: NFC-normalized, trimmed, 1 to 256 characters
 * long as a reader counts them. The checks stop at the first that fails, the cheapest first, and their
 * messages never repeat the input. A `Name` meets the rules again, so the consumer can check what it
 * receives; that is why length is capped after NFC as well, which can lengthen a text.
 * The JSON Schema made from it has the bounds that JSON Schema can say, and refuses no valid name.
 */
export const nameSchema = z
  .pipe(
    z
      .string({ error: ({ input }) => (input === undefined ? "is required" : "must be a string") })
      .check(
        z.meta({ minLength: 1, maxLength: nameLimits.units }),
        z.refine(hasAtMostMaxUnits, { error: TOO_MANY_UNITS, abort: true }),
        z.refine((text) => text.isWellFormed(), {
          error: "must be well-formed Unicode, without lone surrogates",
          abort: true,
        }),
        z.refine((text) => !CONTROL_OR_SEPARATOR.test(text), {
          error: "must not contain control characters or line separators",
          abort: true,
        }),
        z.normalize("NFC"),
        z.trim(),
      ),
    z.string().check(
      z.refine((text) => text.replace(INVISIBLE, "") !== "", {
        error: "must have at least 1 visible character",
        abort: true,
      }),
      z.refine(hasAtMostMaxUnits, { error: TOO_MANY_UNITS, abort: true }),
      z.refine(hasAtMostMaxCharacters, {
        error: `must be at most ${nameLimits.characters} characters long`,
      }),
    ),
  )
  .brand<"Name">();

/** A name that met every rule of `nameSchema`. */
export type Name = z.infer<typeof nameSchema>;

/** Zod's own `max` counts code points, as JSON Schema does; this bounds the memory that is taken. */
function hasAtMostMaxUnits(text: string): boolean {
  return text.length <= nameLimits.units;
}

/** No text has more grapheme clusters than UTF-16 units, so short ones need no segmenter. */
function hasAtMostMaxCharacters(text: string): boolean {
  if (text.length <= nameLimits.characters) return true;
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text);
  return [...graphemes].length <= nameLimits.characters;
}
