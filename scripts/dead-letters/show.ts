/** Shows what is in the dead-letter queue: never a message's content, which holds callers' names. */
import type { Terminal } from "@secure-lambda/local/command-line";
import { alignColumns } from "../support/table.ts";
import type { DeadLetter } from "./dead-letter.ts";
import type { ReadMessage } from "./redrive.ts";

/** Lists the messages: id, time, source, error, number of attempts. */
export function showMessages(terminal: Terminal, messages: readonly ReadMessage[]): void {
  if (messages.length === 0) {
    terminal.line("The dead-letter queue is empty.");
    return;
  }
  const rows = messages.map(({ message, found }) => [
    message.id,
    message.since.toISOString(),
    ...(found === undefined ? ["not a dead letter of this stage"] : describe(found.deadLetter)),
  ]);
  for (const line of alignColumns(rows)) terminal.line(line);
}

function describe(deadLetter: DeadLetter): string[] {
  return deadLetter.source === "subscription"
    ? [`not delivered from ${nameIn(deadLetter.topicArn)}`, "not accepted by the subscriber"]
    : [
        `failed in ${nameIn(deadLetter.functionArn)}`,
        errorOf(deadLetter.errorType),
        `${deadLetter.attempts} ${deadLetter.attempts === 1 ? "attempt" : "attempts"}`,
      ];
}

const nameIn = (arn: string) => arn.split(":").at(-1) ?? arn;

/** The function chooses its error's type: whatever is not an identifier is not shown. */
function errorOf(errorType: string | undefined): string {
  if (errorType === undefined) return "not run";
  return /^[\w.$]{1,80}$/.test(errorType) ? errorType : "error type not shown";
}
