/** The caller's name: the only definition of its rules. */
import * as z from "zod/mini";
import { characterLimits, isReadable, isVisible, splitCharacters } from "./name-characters.ts";

/**
 * How long a name may be: in characters as a reader counts them, and in UTF-16 code units. How long a
 * character may be: in nonspacing marks in a row, and in code points.
 */
export const nameLimits = { characters: 256, units: 1_024, ...characterLimits } as const;

const CONTROL_OR_SEPARATOR = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const TOO_MANY_UNITS = `must be at most ${nameLimits.units} UTF-16 code units long`;

/**
 * Parses a name as it came from outside into a `Name`: NFC-normalized, trimmed, of visible characters,
 * 1 to 256 of them as a reader counts. The checks stop at the first that fails, the cheapest first, and
 * their messages never repeat the input. A `Name` meets the rules again, so the consumer can check what
 * it receives; that is why length is capped after NFC as well, which can lengthen a text.
 * The JSON Schema made from it has the bounds that JSON Schema can say, and refuses no valid name.
 */
export const nameSchema = z
  .pipe(
    z
      .string({ error: ({ input }) => (input === undefined ? "is required" : "must be a string") })
      .check(
        z.meta({
          description: `After NFC and without spaces at the ends: 1 to ${nameLimits.characters} visible characters of any script, with at most ${nameLimits.marks} combining marks each; emoji as Unicode recommends them.`,
          minLength: 1,
          maxLength: nameLimits.units,
        }),
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
      z.refine((text) => text !== "", {
        error: "must have at least 1 visible character",
        abort: true,
      }),
      z.refine(hasAtMostMaxUnits, { error: TOO_MANY_UNITS, abort: true }),
      z.refine(isVisible, {
        error: "must hold only visible characters that Unicode defines, and ordinary spaces",
        abort: true,
      }),
      z.refine(isReadable, {
        error: `must have combining marks only on characters of their script, at most ${nameLimits.marks} and each once, and at most ${nameLimits.codePoints} code points in a character`,
        abort: true,
      }),
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

/** No text has more characters than UTF-16 units, so short ones need not be split. */
function hasAtMostMaxCharacters(text: string): boolean {
  return (
    text.length <= nameLimits.characters || splitCharacters(text).length <= nameLimits.characters
  );
}
