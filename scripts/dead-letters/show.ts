/** Shows what is in the dead-letter queue: never a message's content, which holds callers' names. */
import type { Terminal } from "@secure-lambda/local";
import { alignColumns } from "../support/table.ts";
import type { DeadLetter } from "./dead-letter.ts";
import type { ReadMessage } from "./redrive.ts";

/** Lists the messages: id, time, source, error, number of attempts. */
export function showMessages(terminal: Terminal, messages: readonly ReadMessage[]): void {
  if (messages.length === 0) {
    terminal.line("There is no dead letter.");
    return;
  }
  const rows = messages.map(({ message, found }) => [
    message.id,
    message.since.toISOString(),
    ...(found === undefined ? ["not understood"] : describe(found.deadLetter)),
  ]);
  for (const line of alignColumns(rows)) terminal.line(line);
}

function describe(deadLetter: DeadLetter): string[] {
  return deadLetter.source === "subscription"
    ? [`not delivered from ${nameIn(deadLetter.topicArn)}`, "refused by the subscriber"]
    : [
        `failed in ${nameIn(deadLetter.functionArn)}`,
        errorOf(deadLetter.errorType),
        `${deadLetter.attempts} ${deadLetter.attempts === 1 ? "attempt" : "attempts"}`,
      ];
}

const nameIn = (arn: string) => arn.split(":").at(-1) ?? arn;

/** An error's type is what the function said it is: anything but an identifier stays hidden. */
function errorOf(errorType: string | undefined): string {
  if (errorType === undefined) return "never ran";
  return /^[\w.$]{1,80}$/.test(errorType) ? errorType : "an error of no plain name";
}
