/** Waits for what functions log. */
import type { ReadableLogs } from "./greetings.ts";

/** Resolves once a group has that many lines that match. */
export function untilLogged(
  logs: ReadableLogs,
  group: string,
  pattern: RegExp,
  count: number,
): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      const lines = logs.read(group).filter(({ message }) => pattern.test(message));
      if (lines.length < count) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = logs.subscribe(check);
    check();
  });
}
