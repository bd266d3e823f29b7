/** `npm start` with what it prints, styled as on a terminal. */
import { stripVTControlCharacters } from "node:util";
import { runInGroup } from "@secure-lambda/local/command-line";
import { CommandError } from "../support/command-error.ts";

/** The running app. */
export interface StartedApp {
  readonly lines: readonly string[];
  /** Resolves once a line matches. @throws CommandError with all lines when the app ends before */
  shows(pattern: RegExp): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it. */
export function startApp(): StartedApp {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const stopping = new AbortController();
  const ended = runInGroup({
    command: process.execPath,
    args: ["scripts/start.ts"],
    cwd: process.cwd(),
    env: { ...process.env, FORCE_COLOR: "1" },
    signal: stopping.signal,
    onLine(line) {
      lines.push(line);
      for (const check of waiting) check();
    },
  }).catch(() => null);
  return {
    lines,
    async shows(pattern) {
      const shown = Promise.withResolvers<void>();
      const check = () => {
        if (lines.some((line) => pattern.test(stripVTControlCharacters(line)))) shown.resolve();
      };
      void ended.then(() =>
        shown.reject(new CommandError(`npm start ended early:\n${lines.join("\n")}`)),
      );
      waiting.add(check);
      check();
      await shown.promise;
      waiting.delete(check);
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
