/** Every name that is accepted can be seen, and passes every stage between the caller and the terminal. */
import { nameLimits, nameSchema } from "@secure-lambda/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeForTerminal } from "../../../packages/local/src/text/escape.ts";
import { anyText, ordinaryName, runs } from "./name-arbitraries.ts";
import { hostileNames, ordinaryNames } from "./name-examples.ts";

/** What SQS takes, and so XML 1.0 (SQS-API/SendMessage, www.w3.org/TR/REC-xml/#charsets). */
const ONLY_XML = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What no stage loses, and no reader misses. */
function expectCarried(name: string): void {
  expect(name).toMatch(ONLY_XML);
  expect(JSON.parse(JSON.stringify({ name }))).toEqual({ name });
  expect(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(name))).toBe(name);
  expect(escapeForTerminal(name)).toBe(name);
  expect(name).toBe(name.normalize("NFC").trim());
  expect(nameSchema.parse(name)).toBe(name);
  const characters = Array.from(graphemes.segment(name), ({ segment }) => Array.from(segment));
  expect(characters.length).toBeLessThanOrEqual(nameLimits.characters);
  const joiners = name.replace(/\p{RGI_Emoji}/gv, "").match(/[\p{Join_C}\p{VS}]/gu) ?? [];
  expect(joiners.length).toBeLessThanOrEqual(nameLimits.joiners);
  expect(Math.max(...characters.map(({ length }) => length))).toBeLessThanOrEqual(
    nameLimits.codePoints,
  );
}

/** Canonical order tells the combining class: 9 stands after 8 (U+3099) and before 10 (U+05B0). */
const joins = (mark: string) =>
  `${mark}\u3099`.normalize("NFD").endsWith(mark) &&
  `\u05B0${mark}`.normalize("NFD").startsWith(mark);

describe("a name", { timeout: 60_000 }, () => {
  it.each(ordinaryNames)("of every script is accepted as it is, and carried: %s", (_, name) => {
    expect(nameSchema.parse(name)).toBe(name);
    expectCarried(name);
  });

  it.each(hostileNames)("that hides something or is not carried is refused: %s", (_, hostile) => {
    expect(nameSchema.safeParse(hostile).success).toBe(false);
  });

  it("is carried by every stage, whatever was sent", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyText, (sent) => {
        const name = nameSchema.safeParse(sent);
        if (!name.success) return;
        accepted += 1;
        expectCarried(name.data);
      }),
      runs,
    );
    expect(accepted).toBeGreaterThan(runs.numRuns / 10);
  });

  it("may be of several names", () => {
    fc.assert(
      fc.property(fc.array(ordinaryName, { minLength: 1, maxLength: 3 }), (names) => {
        fc.pre(names.join("").length < nameLimits.characters);
        expect(nameSchema.parse(names.join(" "))).toBe(names.join(" "));
      }),
      runs,
    );
  });

  it("hides nothing between its characters", () => {
    const unseen = fc.constantFrom(
      ...Array.from("\u00AD\u034F\u061C\u115F\u17B4\u180B\u180E\u200B\u200E\u202E\u2060\u2061"),
      ...Array.from("\u2066\u206A\u2800\u3164\uE000\uFDD0\uFE00\uFEFF\uFFA0\uFFF9\uFFFE"),
      ...Array.from("\u{1D159}\u{1D173}\u{1FFFE}\u{E0001}\u{E0041}\u{E0100}\u{10FFFF}"),
      ...Array.from("\u2000\u2D7F\uFFFC\u{1107F}\u{13441}\u{13442}\u{16FE4}\u{1BC9D}"),
    );
    fc.assert(
      fc.property(ordinaryName, unseen, fc.nat(), (name, hidden, anywhere) => {
        const letters = Array.from(name);
        const at = anywhere % letters.length;
        const sent = [...letters.slice(0, at + 1), hidden, "b", ...letters.slice(at + 1)].join("");
        expect(nameSchema.safeParse(sent).success).toBe(false);
      }),
      runs,
    );
  });

  it("has at most four marks on a letter", () => {
    const marks = Array.from({ length: 0x36f - 0x300 + 1 }, (_, index) =>
      String.fromCodePoint(0x300 + index),
    ).filter((mark) => mark !== "\u034F" && mark === mark.normalize("NFD"));
    fc.assert(
      fc.property(fc.shuffledSubarray(marks, { maxLength: 12 }), (some) => {
        const { success } = nameSchema.safeParse(`Ada q${some.join("")} Lovelace`);
        expect(success).toBe(some.length <= nameLimits.marks);
      }),
      runs,
    );
  });

  it("holds of all of Unicode's characters only those that are seen and carried", () => {
    const isUndefined = /[\p{Cn}\p{Co}]/u;
    const accepted: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      // Of what has no meaning every 97th and each last of a plane: they are most of the code space.
      if (isUndefined.test(character) && code % 97 !== 0 && (code & 0xfffe) !== 0xfffe) continue;
      if (nameSchema.safeParse(`A${character}b`).success) accepted.push(character);
    }
    const all = accepted.join("");
    expect(all).toMatch(ONLY_XML);
    expect(all).not.toMatch(/[\p{C}\p{DI}\p{NChar}\p{Bidi_C}\p{VS}\p{Zl}\p{Zp}]/u);
    expect(escapeForTerminal(all)).toBe(all);
    expect(accepted.length).toBeGreaterThan(150_000);
  });

  it("has what joins letters only in its own script", () => {
    const accepted: string[] = [];
    let joining = 0;
    for (let code = 0x300; code <= 0x10ffff; code += 1) {
      const mark = String.fromCodePoint(code);
      if (!/\p{M}/u.test(mark) || /[\u05B0\u3099]/u.test(mark) || !joins(mark)) continue;
      joining += 1;
      const names = ["A", "山", "7", "🚀", "ب", "ა"].map((base) => `${base}${mark}b`);
      accepted.push(...names.filter((name) => nameSchema.safeParse(name).success));
    }
    expect(joining).toBeGreaterThan(60);
    expect(accepted).toEqual([]);
  });
});
