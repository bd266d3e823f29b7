/** Deploys again whenever sources are saved. */
import { messageOf } from "../errors/error-message.ts";
import { escapeForTerminal, escapeLines } from "../text/escape.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { SourceWatch } from "./watch.ts";

/**
 * Deploys after each save until the signal is aborted. The check runs beside the deployment and does not end it: a
 * deployment that is cut off leaves half of the old and half of the new.
 */
export async function redeployOnSave(
  sources: SourceWatch,
  tasks: { deploy: () => Promise<void>; check: (signal: AbortSignal) => Promise<void> },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const files = await sources.saved(signal);
    if (files === undefined) return;
    terminal.line(terminal.style("dim", `  saved ${escapeForTerminal(files.join(", "))}`));
    const [deployed, checked] = await Promise.allSettled([tasks.deploy(), tasks.check(signal)]);
    if (signal.aborted) return;
    if (checked.status === "rejected") {
      terminal.line(escapeLines(messageOf(checked.reason)));
      if (deployed.status === "fulfilled") terminal.line("  It was deployed anyway.");
    }
    if (deployed.status === "rejected") {
      terminal.line(escapeLines(messageOf(deployed.reason)));
      terminal.line(
        "  The previous deployment stays active, except for what this one had already replaced.",
      );
      terminal.line("  Save a file to deploy again.");
    }
  }
}
