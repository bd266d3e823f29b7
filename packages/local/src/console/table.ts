/** Tables of the console's page. */
import { html } from "hono/html";

/** A table below its title; what the cells say is escaped. */
export function table(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
) {
  return html`<h2>${title}</h2>
    <table>
      <tr>
        ${heads.map((head) => html`<th>${head}</th>`)}
      </tr>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td class="${typeof cell}">${cell}</td>`)}
          </tr>`,
      )}
    </table>`;
}
