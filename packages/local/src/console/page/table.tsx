/** A table of data. */
import type { Child } from "hono/jsx/dom";

interface TableProps {
  /** What it shows, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Child[])[];
  /** Shown in place of a table without rows. */
  readonly none: string;
}

/** The table. */
export function Table({ caption, columns, rows, none }: TableProps) {
  if (rows.length === 0) return <p class="quiet">{none}</p>;
  return (
    <div class="scrolls" tabindex={0} role="group" aria-label={caption}>
      <table class="data">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => (
                <td key={column} data-column={columns[column]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
