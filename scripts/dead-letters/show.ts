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
  const rows = messages.map(({ message, found }) => [
    message.id,
    message.since.toISOString(),
    found === undefined ? "not a dead letter of this stage" : describe(found.deadLetter),
  ]);
  for (const line of wrapRows(rows, columns)) terminal.line(line);
}

/** What to say when no message can be received, and so many are held by others. */
export const describeNone = (held: number): string =>
  held === 0
    ? "The dead-letter queue is empty."
    : `No message can be received now: ${describeHeld(held, "")}`;

/** What to say of messages that others hold, beside those that were received. */
export const describeMore = (held: number): string => describeHeld(held, "more ");

function describeHeld(held: number, more: string): string {
  const others =
    held === 1 ? "is held by another command or client" : "are held by other commands or clients";
  return `${held} ${more}${others} (npm run redrive holds messages for up to ten minutes). Run this again later.`;
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
