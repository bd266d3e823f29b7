/** Asks for what must not be shown: passwords and one-time codes. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { escapeLines, InterruptedError, UsageError } from "@secure-lambda/local/command-line";

/** Asks for a password. @throws UsageError, which names the option, without a terminal to ask on. */
export function promptPassword(question: string, option = "--password"): Promise<string> {
  requireTerminal(option);
  return prompt(question);
}

/** Asks for a one-time code. @throws UsageError, which names the option, without a terminal to ask on. */
export async function promptCode(question: string, option: string): Promise<string> {
  requireTerminal(option);
  return prompt(question);
}

/** @throws UsageError, which names the option that answers instead, without a terminal to ask on. */
export function requireTerminal(option: string): void {
  if (process.stdin.isTTY) return;
  throw new UsageError(`option '${option}' is required: there is no terminal to ask on.`);
}

/** @throws InterruptedError for Ctrl-C and Ctrl-D, which readline takes from the terminal. */
async function prompt(question: string): Promise<string> {
  process.stderr.write(escapeLines(question));
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question("");
  } catch (cause) {
    throw new InterruptedError("Interrupted.", { cause });
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
