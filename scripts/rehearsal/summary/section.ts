/** A part of the summary: rows below a title. */

/** Rows in an order that no run changes: resources come in the order in which they were created. */
export const sortRows = (rows: readonly (readonly string[])[]): (readonly string[])[] =>
  rows.toSorted((one, other) => compareTexts(one.join("\n"), other.join("\n")));

/** The same order on every machine, whatever its language. */
export const compareTexts = (one: string, other: string): number =>
  one === other ? 0 : one < other ? -1 : 1;

/** One part of the summary. */
export interface Section {
  readonly title: string;
  /** Cells of each row; columns are aligned within a section. */
  readonly rows: readonly (readonly string[])[];
  /** Shown when there is no row. */
  readonly none: string;
}
