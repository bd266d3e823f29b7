/** The summary of a rehearsal: what an operator should know before deploying. */
import type { GraphResource } from "@secure-lambda/local";
import type { Terminal } from "@secure-lambda/local/command-line";
import { alignColumns } from "../../support/table.ts";
import { viewGraph } from "../graph-view.ts";
import { summarizeAccount } from "./account.ts";
import { summarizeDeadLetters } from "./dead-letters.ts";
import { summarizeEncryption } from "./encryption.ts";
import { summarizeFirewall } from "./firewall.ts";
import { summarizeGrants } from "./grants.ts";
import { summarizeResources } from "./resources.ts";
import { summarizeRoutes } from "./routes.ts";
import type { Section } from "./section.ts";

/** Every part of the summary of a graph, in the order in which it is shown. */
export function summarize(resources: readonly GraphResource[]): Section[] {
  const graph = viewGraph(resources);
  return [
    summarizeResources(graph),
    summarizeRoutes(graph),
    summarizeGrants(graph),
    summarizeFirewall(graph),
    summarizeEncryption(graph),
    summarizeDeadLetters(graph),
    summarizeAccount(graph),
  ];
}

/** Shows the parts, aligned. */
export function showSummary(terminal: Terminal, sections: readonly Section[]): void {
  for (const { title, rows, none } of sections) {
    terminal.line();
    terminal.line(terminal.style("bold", title));
    for (const line of rows.length === 0 ? [none] : alignColumns(rows)) terminal.line(`  ${line}`);
  }
  terminal.line();
}
