/** Asks the account, before anything is created, whether a stage can be deployed to it. */
import type { Terminal } from "@secure-lambda/local/command-line";
import { wrapRows } from "../support/table.ts";
import { askAlarmEmail } from "./alarm-email.ts";
import { askConcurrency } from "./concurrency.ts";
import { askLogPolicies, askLogRole } from "./logs.ts";
import { askMail } from "./mail.ts";
import { askNames } from "./names.ts";
import { ask, type Deployment, type Findings, join } from "./questions.ts";

/**
 * Asks everything at once, and changes nothing. WAF tells no quota: its capacity is counted in the
 * rehearsal.
 */
export async function askAccount(deployment: Deployment): Promise<Findings> {
  return join(
    await Promise.all([
      ask("whether Lambda has the concurrency", () => askConcurrency(deployment)),
      ask("whether API Gateway has a log role", () => askLogRole(deployment)),
      ask("whether there is room for a log policy", () => askLogPolicies(deployment)),
      ask("whether names are taken", () => askNames(deployment)),
      askMail(deployment),
      ask("whether the address in alarmEmail has confirmed", () => askAlarmEmail(deployment)),
    ]),
  );
}

/** Shows what was found, in 80 columns. */
export function showFindings(terminal: Terminal, { refusals, remarks }: Findings): void {
  show(
    terminal,
    remarks.map((remark) => [terminal.style("yellow", "!"), remark]),
  );
  show(
    terminal,
    refusals.map((refusal) => [terminal.style("red", "✕"), refusal]),
  );
  if (refusals.length === 0) {
    terminal.line(terminal.style("green", "✓ The account has room for the stage."));
  }
}

function show(terminal: Terminal, rows: readonly string[][]): void {
  if (rows.length === 0) return;
  for (const line of wrapRows(rows, 80)) terminal.line(line);
}
