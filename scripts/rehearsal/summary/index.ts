/** The summary of a rehearsal: what an operator should know before deploying. */
import type { GraphResource } from "@secure-lambda/local";
import type { Terminal } from "@secure-lambda/local/command-line";
import { wrapRows } from "../../support/table.ts";
import { viewGraph } from "../graph-view.ts";
import { summarizeAccount } from "./account.ts";
import { summarizeCost } from "./cost.ts";
import { summarizeDeadLetters } from "./dead-letters.ts";
import { summarizeEncryption } from "./encryption.ts";
import { summarizeFirewall } from "./firewall.ts";
import { summarizeGrants } from "./grants.ts";
import { summarizeResources } from "./resources.ts";
import { summarizeRoutes } from "./routes.ts";
import type { Section } from "./section.ts";
import { summarizeStage } from "./stage.ts";

/** Every part of the summary of a stage and its graph, in the order in which it is shown. */
export function summarize(stage: string, resources: readonly GraphResource[]): Section[] {
  const graph = viewGraph(resources);
  return [
    summarizeStage(stage, graph),
    summarizeResources(graph),
    summarizeRoutes(graph),
    summarizeGrants(graph),
    summarizeFirewall(graph),
    summarizeEncryption(graph),
    summarizeDeadLetters(graph),
    summarizeCost(graph),
    summarizeAccount(graph),
  ];
}

/** Columns of a common terminal, less what rows are indented by. */
const COLUMNS = 78;

/** Shows the parts, aligned, in 80 columns. */
export function showSummary(terminal: Terminal, sections: readonly Section[]): void {
  for (const { title, rows, none } of sections) {
    terminal.line();
    terminal.line(terminal.style("bold", title));
    for (const line of wrapRows(rows.length === 0 ? [[none]] : rows, COLUMNS)) {
      terminal.line(`  ${line}`);
    }
  }
  terminal.line();
}
