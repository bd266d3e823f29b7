/** Draws the cold starts as an SVG: a bar for each row, with its spread. */
import type { ColdFigures } from "../measure/cold.ts";
import type { BenchResults } from "../measure/results.ts";
import { rowLabels, rowNames, type RowName } from "../rows/rows.ts";
import type { Spread } from "../support/statistics.ts";
import { show } from "./numbers.ts";

const layout = {
  width: 760,
  left: 190,
  right: 90,
  top: 46,
  row: 26,
  bar: 16,
  gap: 52,
};

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .value, .note { fill: #59636e; }
  .note { font-size: 12px; }
  .bar { fill: #8c959f; }
  .shipped { fill: #0969da; }
  .spread { stroke: #1f2328; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .value, .note { fill: #9198a1; }
    .bar { fill: #6e7681; }
    .shipped { fill: #4493f8; }
    .spread { stroke: #e6edf3; }
  }
`;

type Cold = NonNullable<BenchResults["cold"]>;

interface Bar {
  readonly name: RowName;
  readonly spread: Spread;
}

/** The picture, for light and for dark pages. */
export function drawColdStarts(cold: Cold, roundTripMs: number): string {
  const throttled = `the CPU of a ${cold.memoryMb} MB function from the first invoke on`;
  const panels = [
    drawable("Process start to first response, ms", cold, ({ loopback }) => loopback.full),
    drawable(`The same with ${throttled}, ms`, cold, ({ loopback }) => loopback.throttled),
    drawable(
      `And with round trips of ${roundTripMs} ms to AWS, ms`,
      cold,
      ({ distant }) => distant.throttled,
    ),
  ];
  let top = layout.top;
  const drawn = panels.map(({ title, bars }) => {
    const panel = drawPanel(title, bars, top);
    top += bars.length * layout.row + layout.gap;
    return panel;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${top}" role="img" aria-label="Cold starts">
<style>${style}</style>
${drawn.join("\n")}
<text class="note" x="12" y="${top - 12}">Medians of ${cold.runs} starts; the lines span the quartiles. The guide&#39;s handler checks neither token nor body; the others do.</text>
</svg>
`;
}

function drawable(title: string, { rows }: Cold, pick: (figures: ColdFigures) => Spread) {
  const bars = rowNames.flatMap((name): Bar[] => {
    const figures = rows[name];
    return figures === undefined ? [] : [{ name, spread: pick(figures) }];
  });
  return { title, bars };
}

const escapeText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("'", "&#39;");

function drawPanel(title: string, bars: readonly Bar[], top: number): string {
  const most = Math.max(...bars.map(({ spread }) => spread.q3));
  const scale = (layout.width - layout.left - layout.right) / most;
  const drawn = bars.map(({ name, spread }, index) => {
    const y = top + index * layout.row;
    const middle = y + layout.bar / 2;
    const at = (value: number) => (layout.left + value * scale).toFixed(1);
    return [
      `<text x="${layout.left - 8}" y="${middle + 4}" text-anchor="end">${escapeText(rowLabels[name])}</text>`,
      `<rect class="bar${name === "shipped" ? " shipped" : ""}" x="${layout.left}" y="${y}" width="${(spread.median * scale).toFixed(1)}" height="${layout.bar}" rx="2"/>`,
      `<line class="spread" x1="${at(spread.q1)}" x2="${at(spread.q3)}" y1="${middle}" y2="${middle}"/>`,
      `<text class="value" x="${Number(at(Math.max(spread.median, spread.q3))) + 8}" y="${middle + 4}">${show(spread.median)}</text>`,
    ].join("\n");
  });
  return `<text class="title" x="12" y="${top - 14}">${title}</text>\n${drawn.join("\n")}`;
}
