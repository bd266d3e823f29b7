/** Prints a run's tables and goals. */
import type { Terminal } from "@secure-lambda/local";
import { alignColumns } from "../../scripts/support/table.ts";
import type { Judgement } from "./goals.ts";
import type { BenchResults } from "../measure/results.ts";
import { rowLabels } from "../rows/rows.ts";
import { show } from "./numbers.ts";
import { tablesOf } from "./tables/index.ts";

/** Prints everything that was found, then the goals. */
export function printReport(
  terminal: Terminal,
  results: BenchResults,
  judgements: readonly Judgement[],
): void {
  const { node, cpu, cores } = results.machine;
  terminal.line();
  terminal.line(
    terminal.style("dim", `Node ${node}, ${cores} × ${cpu}. Compare ratios, inside one run.`),
  );
  for (const { title, rows, notes } of tablesOf(results)) {
    terminal.line();
    terminal.line(terminal.style("bold", title));
    const [heads = "", ...lines] = alignColumns(rows, "right");
    terminal.line(terminal.style("dim", heads));
    for (const line of lines) {
      terminal.line(line.startsWith(rowLabels.shipped) ? terminal.style("bold", line) : line);
    }
    for (const note of notes) terminal.line(terminal.style("dim", note));
  }
  terminal.line();
  terminal.line(terminal.style("bold", "Goals"));
  const lines = alignColumns(
    judgements.map((judgement) => {
      const { goal, limit, found, unit } = judgement;
      return [
        `${markOf(terminal, judgement)} ${goal}`,
        `${show(found)}${unit}`,
        `≤ ${show(limit)}${unit}`,
      ];
    }),
    "right",
  );
  for (const line of lines) terminal.line(line);
  const missed = judgements.filter(({ met, counts }) => counts && !met).length;
  terminal.line();
  terminal.line(
    missed === 0
      ? "Every goal is met."
      : `${missed} of ${judgements.filter(({ counts }) => counts).length} goals missed.`,
  );
  if (judgements.some(({ counts }) => !counts)) {
    const note = "Goals about time are shown only: a quick run is too short for them.";
    terminal.line(terminal.style("dim", note));
  }
}

function markOf(terminal: Terminal, { met, counts }: Judgement): string {
  const style = counts ? (met ? "green" : "red") : "dim";
  return terminal.style(style, met ? "✓" : "✕");
}
