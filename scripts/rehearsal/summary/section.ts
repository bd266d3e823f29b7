/** A part of the summary: rows below a title. */

/** One part of the summary. */
export interface Section {
  readonly title: string;
  /** Cells of each row; columns are aligned within a section. */
  readonly rows: readonly (readonly string[])[];
  /** Shown when there is no row. */
  readonly none: string;
}
