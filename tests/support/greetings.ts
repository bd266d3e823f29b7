/** Follows what InternalLambda logs. */
import * as z from "zod";
import { untilLogs, type ReadableLogs } from "./log-lines.ts";

export interface Greetings {
  /** Resolves once the name was greeted. */
  arrived(name: string): Promise<void>;
  /** Every greeting so far, in order. */
  all(): string[];
}

const greetingLine = z.object({ message: z.object({ message: z.string() }) });

export function watchGreetings(logs: ReadableLogs, group: string): Greetings {
  const all = () =>
    logs
      .read(group)
      .map(({ message }) => greetingLine.safeParse(parse(message)).data?.message.message)
      .filter((greeting): greeting is string => greeting?.startsWith("Hello ") === true);
  return {
    all,
    arrived: (name) =>
      untilLogs(logs, () => all().includes(`Hello ${name}. Greetings from InternalLambda!`)),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
