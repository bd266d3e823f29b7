/** Draws the cold starts as an SVG: a bar for each candidate, with its spread. */
import type { ColdFigures } from "../measure/cold.ts";
import type { BenchResults } from "../measure/results.ts";
import type { Spread } from "../support/statistics.ts";
import { show } from "./numbers.ts";

const layout = {
  width: 760,
  left: 150,
  right: 90,
  top: 46,
  row: 26,
  bar: 16,
  gap: 52,
};

/** Who is drawn: what nobody ships is not. */
const labels: Readonly<Record<string, string>> = {
  baseline: "empty handler",
  guide: "the guide's handler",
  "guide-bundled": "the guide's, bundled",
  ours: "this repository",
  express: "Express",
  fastify: "Fastify",
  powertools: "Powertools router",
};

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .value, .note { fill: #59636e; }
  .note { font-size: 12px; }
  .bar { fill: #8c959f; }
  .ours { fill: #0969da; }
  .spread { stroke: #1f2328; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .value, .note { fill: #9198a1; }
    .bar { fill: #6e7681; }
    .ours { fill: #4493f8; }
    .spread { stroke: #e6edf3; }
  }
`;

/** The picture, for light and for dark pages. */
export function drawColdStarts(cold: NonNullable<BenchResults["cold"]>): string {
  const panels = [
    { title: "Process start to first response, ms", pick: (f: ColdFigures) => f.firstResponse },
    {
      title: `The same with the CPU of a ${cold.memoryMb} MB function from the first invoke on, ms`,
      pick: (f: ColdFigures) => f.firstResponseThrottled,
    },
  ];
  const candidates = Object.entries(cold.candidates).filter(([name]) =>
    Object.hasOwn(labels, name),
  );
  const panelHeight = candidates.length * layout.row + layout.gap;
  const height = layout.top + panels.length * panelHeight;
  const drawn = panels.map(({ title, pick }, index) => {
    const rows = candidates.map(([name, figures]) => ({ name, spread: pick(figures) }));
    return drawPanel(title, rows, layout.top + index * panelHeight);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${height}" role="img" aria-label="Cold starts">
<style>${style}</style>
${drawn.join("\n")}
<text class="note" x="12" y="${height - 12}">Medians of ${cold.runs} starts; the lines span the quartiles. The guide&#39;s handler checks neither token nor body; the others do.</text>
</svg>
`;
}

function drawPanel(
  title: string,
  rows: readonly { name: string; spread: Spread }[],
  top: number,
): string {
  const most = Math.max(...rows.map(({ spread }) => spread.q3));
  const scale = (layout.width - layout.left - layout.right) / most;
  const bars = rows.map(({ name, spread }, index) => {
    const y = top + index * layout.row;
    const middle = y + layout.bar / 2;
    const at = (value: number) => (layout.left + value * scale).toFixed(1);
    return [
      `<text x="${layout.left - 8}" y="${middle + 4}" text-anchor="end">${labels[name] ?? name}</text>`,
      `<rect class="bar${name === "ours" ? " ours" : ""}" x="${layout.left}" y="${y}" width="${(spread.median * scale).toFixed(1)}" height="${layout.bar}" rx="2"/>`,
      `<line class="spread" x1="${at(spread.q1)}" x2="${at(spread.q3)}" y1="${middle}" y2="${middle}"/>`,
      `<text class="value" x="${Number(at(Math.max(spread.median, spread.q3))) + 8}" y="${middle + 4}">${show(spread.median)}</text>`,
    ].join("\n");
  });
  return `<text class="title" x="12" y="${top - 14}">${title}</text>\n${bars.join("\n")}`;
}
