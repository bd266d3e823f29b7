/** Shows what a rehearsal has not applied, since the local cloud does not support it, and not checked. */
import { Option } from "@commander-js/extra-typings";
import type { Terminal } from "@secure-lambda/local/command-line";
import { uncheckedIn, type StagePurpose } from "../../stacks/policy/index.ts";
import { wrapRows } from "../support/table.ts";
import { viewGraph } from "./graph-view.ts";
import type { Rehearsed } from "./rehearse.ts";
import { compareTexts } from "./summary/section.ts";

/** `--strict` of the commands that rehearse. */
export const strictOption = new Option(
  "--strict",
  "exit with 1 if anything is inert or unchecked as well",
);

/** One of a kind, such as a resource of a type, and what there is to say about it. */
interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly note: string;
}

/** What a rehearsal has not applied, and what no rule checks. */
export interface Gaps {
  readonly inert: readonly Entry[];
  readonly unchecked: readonly Entry[];
}

/** The gaps of a rehearsal of such a stage. */
export function gapsOf({ graph, inert }: Rehearsed, stage: StagePurpose): Gaps {
  const view = viewGraph(graph);
  return {
    inert: inert.map(({ type, name, why = "" }) => ({
      kind: type,
      name,
      note: view.withNames(why.replaceAll(/\s+/g, " ")),
    })),
    unchecked: uncheckedIn(graph, stage).map(({ what, resource, note }) => ({
      kind: what,
      name: resource,
      note,
    })),
  };
}

/** Lists both, sorted, in less than 80 columns. */
export function showGaps(terminal: Terminal, { inert, unchecked }: Gaps): void {
  show(terminal, "Inert: the local cloud does not support it, and only records it", inert);
  show(terminal, "Unchecked: stacks/policy has no rule on it, or only the one named", unchecked);
}

/** Whether there are gaps, which `--strict` refuses; says so. */
export function refuseGaps(terminal: Terminal, { inert, unchecked }: Gaps): boolean {
  const hasGaps = inert.length + unchecked.length > 0;
  const sentence = "✕ --strict refuses what is inert or unchecked.";
  if (hasGaps) terminal.line(terminal.style("red", sentence));
  return hasGaps;
}

function show(terminal: Terminal, title: string, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  terminal.line(terminal.style("yellow", `! ${title}:`));
  const unique = [...new Map(entries.map((entry) => [textOf(entry), entry])).values()];
  const sorted = unique.toSorted((one, other) => compareTexts(textOf(one), textOf(other)));
  for (const [kind, own] of Map.groupBy(sorted, (entry) => entry.kind)) {
    showRows(terminal, "  ", [[kind]]);
    const rows = own.map(({ name, note }) => [name, note]);
    showRows(terminal, "      ", rows);
  }
  terminal.line();
}

const textOf = ({ kind, name, note }: Entry) => [kind, name, note].join("\n");

/** A call has no name, and what is not supported at all no note. */
function showRows(terminal: Terminal, indent: string, rows: readonly string[][]): void {
  const lines = wrapRows(rows, 79 - indent.length).filter((line) => line.trim() !== "");
  for (const line of lines) terminal.line(indent + line);
}
