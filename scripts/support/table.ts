/** Tables for the terminal. */
import { stripVTControlCharacters } from "node:util";
import { wrap } from "@secure-lambda/local/command-line";

/** Rows as lines with aligned columns: all to the left, or all except the first to the right. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  side: "left" | "right" = "left",
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const room = " ".repeat((widths[column] ?? 0) - widthOf(cell));
        return side === "right" && column > 0 ? room + cell : cell + room;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** Columns for a table: a terminal's; in a pipe each row is one line, for `grep` and `cut`. */
export const tableColumnsOf = (stream: { readonly columns?: number }): number =>
  stream.columns || Infinity;

/** With less room than this for its last cell, a row has it on lines of its own. */
const LEAST_ROOM = 28;

/** How far it is indented there. */
const BELOW = 4;

/**
 * Rows as lines of at most so many columns: cells aligned to the left, the last one of each row wrapped
 * beside the others, or below them where that makes fewer lines. No word is split: an ARN that has no
 * room beside is below, and one that is wider than a line is left to the terminal.
 */
export function wrapRows(rows: readonly (readonly string[])[], columns: number): string[] {
  const heads = alignColumns(rows.map((row) => row.slice(0, -1)));
  const headWidth = Math.max(...heads.map(widthOf));
  const indent = headWidth > 0 ? headWidth + 2 : 0;
  const room = columns - indent;
  const parts = rows.map((row, at) => ({ head: heads[at] ?? "", cell: row.at(-1) ?? "" }));
  const below = parts.map(({ head, cell }) => [
    ...(widthOf(head) <= columns ? [head] : wrap(head.trim().replaceAll(/ +/g, " "), columns)),
    ...wrap(cell, columns - BELOW).map((line) => " ".repeat(BELOW) + line),
  ]);
  const beside = parts.map(({ head, cell }, at) => {
    if (indent > 0 && longestWord(cell) > room) return below[at] ?? [];
    const padded = head + " ".repeat(indent - widthOf(head));
    return wrap(cell, room).map((line, part) =>
      ((part === 0 ? padded : " ".repeat(indent)) + line).trimEnd(),
    );
  });
  const widest = Math.max(...parts.map(({ cell }) => widthOf(cell)));
  const hasRoom = indent === 0 || room >= Math.min(widest, LEAST_ROOM);
  return hasRoom && beside.flat().length <= below.flat().length ? beside.flat() : below.flat();
}

const longestWord = (text: string) => Math.max(...text.split(" ").map(widthOf));

/** Styles take no room. Text here is ASCII, but for the marks, which are one column wide. */
function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
