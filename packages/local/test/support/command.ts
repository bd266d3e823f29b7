/** Runs commands in a child process, as a user does. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import * as z from "zod";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

export interface Command {
  /** Every line on standard output so far. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Resolves with the first line, on either stream, that matches; rejects when the command ends before. */
  line(pattern: RegExp): Promise<string>;
  /** Sends a signal to all of it: that of Ctrl-C by default. */
  interrupt(signal?: NodeJS.Signals): void;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The process groups of commands that have not ended. */
const groups = new Set<number>();

/** Kills the commands that a failed test has left. */
export function killCommands(): void {
  for (const pid of groups) process.kill(-pid, "SIGKILL");
}

const exitArguments = z.tuple([z.number().nullable()]).rest(z.unknown());

/** Starts a command, in a process group so that an interrupt reaches all of it as Ctrl-C does. */
export function start(
  [file, ...args]: readonly [string, ...string[]],
  { cwd = root, env = process.env }: Options = {},
): Command {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const stdout: string[] = [];
  const stderr: string[] = [];
  const checks = new Set<() => void>();
  const collect = (stream: Readable, lines: string[]) =>
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const check of checks) check();
    });
  collect(child.stdout, stdout);
  collect(child.stderr, stderr);
  const { pid } = child;
  if (pid !== undefined) groups.add(pid);
  const ended = once(child, "close").then((values) => {
    if (pid !== undefined) groups.delete(pid);
    return exitArguments.parse(values)[0];
  });
  const printed = () => [...stdout, ...stderr];

  return {
    stdout,
    stderr,
    ended,
    async line(pattern) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const check = () => {
        const found = printed().find((line) => pattern.test(line));
        if (found !== undefined) resolve(found);
      };
      checks.add(check);
      check();
      void ended.then((code) =>
        reject(new Error(`Ended with ${code} before ${pattern}:\n${printed().join("\n")}`)),
      );
      try {
        return await promise;
      } finally {
        checks.delete(check);
      }
    },
    interrupt: (signal = "SIGINT") => {
      if (pid !== undefined && groups.has(pid)) process.kill(-pid, signal);
    },
  };
}

/** A message as it was before it was wrapped. */
export const unwrapped = (text: string) => text.replaceAll("\n", " ");

/** Runs a command to its end. */
export async function run(command: readonly [string, ...string[]], options?: Options) {
  const { ended, stdout, stderr } = start(command, options);
  const code = await ended;
  return { code, stdout: stdout.join("\n"), stderr: stderr.join("\n") };
}
