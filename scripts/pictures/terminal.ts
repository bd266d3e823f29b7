/** Draws lines of a terminal as an SVG, for light and for dark pages. */

/** Where lines are wrapped, as a terminal of this width does. */
const COLUMNS = 110;

const layout = { column: 7.9, line: 18, padding: 16, bar: 30 };

const style = `
  text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre; }
  .window { fill: #f6f8fa; stroke: #d1d9e0; }
  .button { fill: #d1d9e0; }
  .bold { font-weight: 600; }
  .dim { fill: #59636e; }
  .green { fill: #116329; }
  .red { fill: #b3261e; }
  .yellow { fill: #7d4e00; }
  .cyan { fill: #1b5f73; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .window { fill: #161b22; stroke: #3d444d; }
    .button { fill: #3d444d; }
    .dim { fill: #9198a1; }
    .green { fill: #5fd394; }
    .red { fill: #ff8b82; }
    .yellow { fill: #e3b341; }
    .cyan { fill: #76d7e8; }
  }
`;

/** The classes of the styles that commands use, by their SGR parameter (ECMA-48, 8.3.117). */
const classes: Readonly<Record<string, string>> = {
  1: "bold",
  2: "dim",
  31: "red",
  32: "green",
  33: "yellow",
  36: "cyan",
};

const escape = String.fromCharCode(0x1b);
const sequence = new RegExp(`${escape}\\[(\\d+)m`);

/** Text of one style. */
interface Span {
  readonly text: string;
  readonly style: string | undefined;
}

/** The picture. */
export function drawTerminal(title: string, lines: readonly string[]): string {
  const rows = lines.flatMap((line) => wrapAt(COLUMNS, spansOf(line)));
  const width = Math.ceil(COLUMNS * layout.column + 2 * layout.padding);
  const top = layout.bar + layout.padding;
  const height = top + rows.length * layout.line + layout.padding / 2;
  const buttons = [0, 1, 2].map(
    (at) => `<circle class="button" cx="${20 + at * 18}" cy="16" r="5"/>`,
  );
  const drawn = rows.map((spans, at) => {
    const y = top + at * layout.line;
    return `<text x="${layout.padding}" y="${y}">${spans.map(drawSpan).join("")}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(title)}">
<style>${style}</style>
<rect class="window" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${buttons.join("")}
${drawn.join("\n")}
</svg>
`;
}

/** A line by its styles, which end with any other sequence, as those of `styleText` do. */
function spansOf(line: string): Span[] {
  const parts = line.split(sequence);
  return parts.flatMap((text, at) =>
    at % 2 === 1 || text === "" ? [] : [{ text, style: classes[parts[at - 1] ?? ""] }],
  );
}

function wrapAt(columns: number, spans: readonly Span[]): Span[][] {
  const rows: Span[][] = [[]];
  let room = columns;
  for (const { text, style: spanStyle } of spans) {
    let rest = text;
    while (rest.length > room) {
      rows.at(-1)?.push({ text: rest.slice(0, room), style: spanStyle });
      rest = rest.slice(room);
      rows.push([]);
      room = columns;
    }
    rows.at(-1)?.push({ text: rest, style: spanStyle });
    room -= rest.length;
  }
  return rows;
}

function drawSpan({ text, style: name }: Span): string {
  const attribute = name === undefined ? "" : ` class="${name}"`;
  return `<tspan${attribute}>${escapeText(text)}</tspan>`;
}

const escapeText = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
