/** Shows what is in the dead-letter queue: never a message's content, which holds callers' names. */
import type { Terminal } from "@secure-lambda/local";
import { alignColumns } from "../support/table.ts";
import type { Letter } from "./letter.ts";
import type { ReadMessage } from "./redrive.ts";

/** Lists the messages: id, since when, which way they came, the error, how often they were tried. */
export function showMessages(terminal: Terminal, messages: readonly ReadMessage[]): void {
  if (messages.length === 0) {
    terminal.line("There is no dead letter.");
    return;
  }
  const rows = messages.map(({ message, found }) => [
    message.id,
    message.since.toISOString(),
    ...(found === undefined ? ["not understood"] : describe(found.letter)),
  ]);
  for (const line of alignColumns(rows)) terminal.line(line);
}

function describe(letter: Letter): string[] {
  return letter.way === "subscription"
    ? [`not delivered from ${nameIn(letter.topicArn)}`, "refused by the subscriber"]
    : [
        `failed in ${nameIn(letter.functionArn)}`,
        errorOf(letter.errorType),
        `${letter.attempts} ${letter.attempts === 1 ? "attempt" : "attempts"}`,
      ];
}

const nameIn = (arn: string) => arn.split(":").at(-1) ?? arn;

/** An error's type is what the function said it is: anything but an identifier stays hidden. */
function errorOf(errorType: string | undefined): string {
  if (errorType === undefined) return "never ran";
  return /^[\w.$]{1,80}$/.test(errorType) ? errorType : "an error of no plain name";
}
