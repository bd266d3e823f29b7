/** Work that is shown as a step in progress. */
import { escapeForTerminal, type Terminal } from "@secure-lambda/local/command-line";

/** Runs it as a step with this label; `update` shows its state. */
export async function showing<T>(
  terminal: Terminal,
  label: string,
  run: (update: (detail: string) => void) => Promise<T>,
): Promise<T> {
  const step = terminal.step(label);
  try {
    const result = await run((detail) => step.update(escapeForTerminal(detail)));
    step.done();
    return result;
  } catch (error) {
    step.failed();
    throw error;
  }
}
