/** The log tail that Invoke returns with `LogType=Tail`. */
import type { LogEvent } from "../../cloudwatch-logs/log-groups.ts";

/** The last 4 KB are returned (documented: LAMBDA-API/Invoke). */
const limit = 4096;

/**
 * The end of what an invocation logged, in base64. An environment runs one invocation at a time, so
 * all that its stream holds from the first line with the request's id to the last belongs to it.
 */
export function logTail(events: readonly LogEvent[], requestId: string): string {
  const isNamed = ({ message }: LogEvent) => message.includes(requestId);
  const stream = events.find(isNamed)?.stream;
  const lines = events.filter((event) => event.stream === stream);
  const own = lines.slice(lines.findIndex(isNamed), lines.findLastIndex(isNamed) + 1);
  const text = own.map(({ message }) => `${message}\n`).join("");
  return Buffer.from(text).subarray(-limit).toString("base64");
}
