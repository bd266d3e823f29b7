/** Asks for what must not be shown: passwords and one-time codes. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { escapeLines } from "@secure-lambda/local/command-line";
import { CommandError } from "./command-error.ts";

/** Asks for a password. @throws CommandError, which names the option, without a terminal to ask on. */
export function promptPassword(question: string, option = "--password"): Promise<string> {
  return prompt(question, `There is no terminal to ask for the password on. Pass ${option}.`);
}

/** Asks for a one-time code. @throws CommandError when there is no terminal to ask on. */
export function promptCode(question: string): Promise<string> {
  return prompt(question, "There is no terminal to ask for the one-time code on.");
}

/** @throws CommandError, which says what to do instead, without a terminal to ask on. */
export function requireTerminal(otherwise: string): void {
  if (!process.stdin.isTTY) throw new CommandError(otherwise);
}

async function prompt(question: string, otherwise: string): Promise<string> {
  requireTerminal(otherwise);
  process.stderr.write(escapeLines(question));
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
