/** Text transformations (documented: WAF/waf-rule-statement-transformation). Text is Latin-1. */
import type { TextTransformation } from "../settings/text-transformations.ts";

const entities: Readonly<Record<string, string>> = { quot: '"', nbsp: "\u00a0", lt: "<", gt: ">" };

const transform: Readonly<Record<TextTransformation, (text: string) => string>> = {
  NONE: (text) => text,
  CMD_LINE: (text) =>
    lowercase(
      text
        .replaceAll(/[\\"'^]/g, "")
        .replaceAll(/[,;]/g, " ")
        .replaceAll(/ +/g, " ")
        .replaceAll(/ (?=[/(])/g, ""),
    ),
  COMPRESS_WHITE_SPACE: (text) =>
    text.replaceAll(/[\f\t\n\r\v\u00a0]/g, " ").replaceAll(/ +/g, " "),
  HTML_ENTITY_DECODE: (text) =>
    text.replaceAll(
      /&(?:#x([0-9a-f]+)|#([0-9]+)|(quot|nbsp|lt|gt));/gi,
      (whole, hex?: string, decimal?: string, name = "") => {
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        // A character beyond one byte stays as it is (assumed).
        return entities[name.toLowerCase()] ?? (code <= 0xff ? String.fromCharCode(code) : whole);
      },
    ),
  LOWERCASE: lowercase,
  NORMALIZE_PATH: normalizePath,
  REMOVE_NULLS: (text) => text.replaceAll("\0", ""),
  REPLACE_COMMENTS: (text) => text.replaceAll(/\/\*[^]*?(?:\*\/|$)/g, " "),
  REPLACE_NULLS: (text) => text.replaceAll("\0", " "),
  // Invalid sequences stay, and a plus is a space (assumed: as in form decoding).
  URL_DECODE: (text) =>
    text
      .replaceAll("+", " ")
      .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
};

/** Applies transformations one after the other. */
export function applyTransformations(text: string, types: readonly TextTransformation[]): string {
  return types.reduce((rewritten, type) => transform[type](rewritten), text);
}

/** Only A–Z: bytes beyond ASCII are not letters in AWS WAF. */
function lowercase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Removes doubled slashes, `.` and `..`, except `..` at the beginning. */
function normalizePath(path: string): string {
  const parts: string[] = [];
  const isAbsolute = path.startsWith("/");
  for (const part of path.split("/").filter((text) => text !== "" && text !== ".")) {
    const isBack = part === ".." && parts.length > 0 && parts.at(-1) !== "..";
    if (isBack) parts.pop();
    else parts.push(part);
  }
  const ending = /\/\.{0,2}$/.test(path) && parts.length > 0 ? "/" : "";
  return `${isAbsolute ? "/" : ""}${parts.join("/")}${ending}`;
}
