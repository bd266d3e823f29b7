/** Follows what InternalLambda logs. */
import type { LogGroups } from "@secure-lambda/local";
import * as z from "zod";

/** Log groups that can be read; those of another process through a copy of their lines. */
export type ReadableLogs = Pick<LogGroups, "read" | "subscribe">;

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
      new Promise((resolve) => {
        const greeting = `Hello ${name}. Greetings from InternalLambda!`;
        const check = () => {
          if (!all().includes(greeting)) return;
          unsubscribe();
          resolve();
        };
        const unsubscribe = logs.subscribe(check);
        check();
      }),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
