/** Tables for the terminal. */
import { stripVTControlCharacters } from "node:util";

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

/** Styles take no room. Text here is ASCII, but for the marks, which are one column wide. */
function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
