/** Texts and names that fast-check composes, the same on every machine. */
import { nameSchema, type Name } from "@secure-lambda/core";
import * as fc from "fast-check";
import { hostileNames, ordinaryNames } from "./name-examples.ts";

/** How many texts a property is checked with, and from which seed. */
export const runs = { seed: 20_261_129, numRuns: 2_000 };

const NAMES_IN_ONE = 5;
const joined = (parts: readonly string[]) => parts.join("");
const codePoint = fc.string({ unit: "binary", minLength: 1, maxLength: 1 });
/** One of the names that are accepted as they are. */
export const ordinaryName = fc.constantFrom(...ordinaryNames.map(([, name]) => name));
const hostileText = fc.constantFrom(...hostileNames.map(([, text]) => text));
/** Texts of anything, and of what is most likely to be accepted wrongly: pieces of known ones, joined. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 64 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({ unit: "grapheme-composite", maxLength: 64 }),
  fc.array(fc.oneof(codePoint, ordinaryName, hostileText), { maxLength: 6 }).map(joined),
  fc.shuffledSubarray(Array.from(joined(ordinaryNames.map(([, name]) => name)))).map(joined),
  fc
    .array(fc.constantFrom(...Array.from("aयरع☺🚀👩🏴1\u094D\u0301\u0316\u20E3\u200C\u200D\uFE0F")))
    .map(joined),
);

const isName = (text: string) => nameSchema.safeParse(text).success;

/** Accepted names: the known ones, several in one where they fit, and `composed` others. */
export function acceptedNames(composed: number): readonly Name[] {
  const known = ordinaryNames.map(([, name]) => name);
  const joinedNames = known.flatMap((_, at) => {
    if (at % NAMES_IN_ONE !== 0) return [];
    const some = known.slice(at, at + NAMES_IN_ONE);
    return isName(some.join(" ")) ? [some.join(" ")] : some;
  });
  const others = fc.sample(anyText.filter(isName), { ...runs, numRuns: composed });
  return [...joinedNames, ...others].map((text) => nameSchema.parse(text));
}
