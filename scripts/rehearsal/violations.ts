/** Shows which rules of stacks/policy a graph breaks. */
import type { Terminal } from "@secure-lambda/local/command-line";
import type { Violation } from "../../stacks/policy/index.ts";
import { wrapRows } from "../support/table.ts";
import { sortRows } from "./summary/section.ts";

/** Lists the violations, or says that there is none. */
export function showViolations(terminal: Terminal, violations: readonly Violation[]): void {
  if (violations.length === 0) {
    terminal.line(terminal.style("green", "✓ No rule of stacks/policy is broken."));
    return;
  }
  terminal.line(terminal.style("red", `✕ ${countRules(violations.length)} broken:`));
  const rows = violations.map(({ rule, resource, message }) => [rule, resource, message]);
  for (const line of wrapRows(sortRows(rows), 78)) terminal.line(`  ${line}`);
}

/** A number of rules, with the verb that follows: `1 rule is`, `2 rules are`. */
function countRules(count: number): string {
  return count === 1 ? "1 rule is" : `${count} rules are`;
}
