/** Shows what is in the dead-letter queue: never a message's content, which holds callers' names. */
import type { Terminal } from "@secure-lambda/local/command-line";
import { wrapRows } from "../support/table.ts";
import type { DeadLetter } from "./dead-letter.ts";
import type { ReadMessage } from "./redrive.ts";

/** Lists the messages in so many columns: id, time, source, error, number of attempts. */
export function showMessages(
  terminal: Terminal,
  messages: readonly ReadMessage[],
  columns: number,
): void {
  if (messages.length === 0) {
    terminal.line("The dead-letter queue is empty.");
    return;
  }
  const rows = messages.map(({ message, found }) => [
    message.id,
    message.since.toISOString(),
    found === undefined ? "not a dead letter of this stage" : describe(found.deadLetter),
  ]);
  for (const line of wrapRows(rows, columns)) terminal.line(line);
}

function describe(deadLetter: DeadLetter): string {
  if (deadLetter.source === "subscription") {
    return `not delivered from ${nameIn(deadLetter.topicArn)}, not accepted by the subscriber`;
  }
  const { functionArn, errorType, attempts } = deadLetter;
  const count = `${attempts} ${attempts === 1 ? "attempt" : "attempts"}`;
  return `failed in ${nameIn(functionArn)}, ${errorOf(errorType)}, ${count}`;
}

const nameIn = (arn: string) => arn.split(":").at(-1) ?? arn;

/** The function chooses its error's type: whatever is not an identifier is not shown. */
function errorOf(errorType: string | undefined): string {
  if (errorType === undefined) return "not run";
  return /^[\w.$]{1,80}$/.test(errorType) ? errorType : "error type not shown";
}
