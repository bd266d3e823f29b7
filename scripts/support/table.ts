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

/** With less room than this for its last cell, a row has it on lines of its own. */
const LEAST_ROOM = 28;

/**
 * Rows as lines of at most so many columns: cells aligned to the left, the last one of each row wrapped
 * beside the others, or below them.
 */
export function wrapRows(rows: readonly (readonly string[])[], columns: number): string[] {
  const heads = alignColumns(rows.map((row) => row.slice(0, -1)));
  const headWidth = Math.max(...heads.map(widthOf));
  const beside = headWidth === 0 ? 0 : headWidth + 2;
  const widest = Math.max(...rows.map((row) => widthOf(row.at(-1) ?? "")));
  const isBeside = columns - beside >= Math.min(widest, LEAST_ROOM);
  const indent = isBeside ? beside : 4;
  return rows.flatMap((row, at) => {
    const head = heads[at] ?? "";
    const lines = wrapWords(row.at(-1) ?? "", columns - indent);
    const under = " ".repeat(indent);
    if (!isBeside) return [...wrapWords(head, columns), ...lines.map((line) => under + line)];
    const padded = head + " ".repeat(indent - widthOf(head));
    return lines.map((line, part) => ((part === 0 ? padded : under) + line).trimEnd());
  });
}

/** Wraps a text; a word that is wider than a line is cut. */
const wrapWords = (text: string, columns: number) =>
  wrap(text.replace(new RegExp(`\\S{${columns}}(?=\\S)`, "g"), "$& "), columns);

/** Styles take no room. Text here is ASCII, but for the marks, which are one column wide. */
function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
