/** A table of data. */
import type { Child } from "hono/jsx/dom";
import { None } from "./none.tsx";
import { Paged } from "./paged.tsx";

interface TableProps {
  /** What it shows, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** Undefined while nothing is known of them. */
  readonly rows: readonly (readonly Child[])[] | undefined;
  /** Shown in place of a table without rows. */
  readonly none: string;
}

/** The table. */
export function Table({ caption, columns, rows, none }: TableProps) {
  if (rows === undefined || rows.length === 0) return <None of={rows} text={none} />;
  const draw = (shown: typeof rows) => (
    <div class="scrolls" tabindex={0} role="group" aria-label={caption}>
      <table class="data">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" class={classOf(rows[0]?.[index])}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => (
                <td key={column} data-column={columns[column]} class={classOf(cell)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return <Paged items={rows} draw={draw} />;
}

/** Numbers, and durations, are aligned by their ends. */
const classOf = (cell: Child): string | undefined =>
  typeof cell === "number" || (typeof cell === "string" && /^[<\d., ]+(?: m?s)?$/.test(cell))
    ? "number"
    : undefined;
