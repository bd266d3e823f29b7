/** Asks before something that cannot be undone. */
import { once } from "node:events";
import { createInterface } from "node:readline";
import { escapeLines } from "@secure-lambda/local/command-line";

/** Whether the answer is yes; anything else is no, and so is none. @throws the signal's reason when aborted */
export async function confirm(
  question: string,
  signal: AbortSignal,
  answers: NodeJS.ReadableStream = process.stdin,
): Promise<boolean> {
  process.stderr.write(escapeLines(`${question} [y/N] `));
  // Without `terminal`, Ctrl-C stays a signal.
  const lines = createInterface({ input: answers, terminal: false });
  try {
    const [line = ""] = await Promise.race([
      once(lines, "line", { signal }),
      once(lines, "close", { signal }),
    ]);
    return /^y(es)?$/i.test(String(line).trim());
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
}
