/** Prints a run's tables and goals. */
import type { Terminal } from "@secure-lambda/local/command-line";
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
  terminal.line();
  for (const line of conclusion(judgements)) terminal.line(line);
}

function conclusion(judgements: readonly Judgement[]): readonly string[] {
  const counting = judgements.filter(({ counts }) => counts);
  const missed = counting.filter(({ met }) => !met).length;
  const shownOnly = counting.length < judgements.length;
  const all = shownOnly ? "Every goal that is judged is met." : "Every goal is met.";
  return [
    missed === 0 ? all : `${missed} of ${counting.length} goals missed.`,
    ...(shownOnly ? ["Goals about time are shown, not judged, in a quick run."] : []),
  ];
}

function markOf(terminal: Terminal, { met, counts }: Judgement): string {
  if (!counts) return terminal.style("dim", "–");
  return met ? terminal.style("green", "✓") : terminal.style("red", "✕");
}
