/** A table of the report. */

/** A title, the column heads and the rows; the first column is text. */
export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}
