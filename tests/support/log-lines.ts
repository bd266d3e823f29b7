/** Waits for what functions log. */
import type { LogGroups } from "@secure-lambda/local";

/** Log groups that can be read; those of another process through a copy of their lines. */
export type ReadableLogs = Pick<LogGroups, "read" | "subscribe">;

/** Resolves once something holds that what is logged can change. */
export function untilLogs(logs: ReadableLogs, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!holds()) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = logs.subscribe(check);
    check();
  });
}

/** Resolves once a group has that many lines that match. */
export function untilLogged(
  logs: ReadableLogs,
  group: string,
  pattern: RegExp,
  count: number,
): Promise<void> {
  return untilLogs(
    logs,
    () => logs.read(group).filter(({ message }) => pattern.test(message)).length >= count,
  );
}
