/** What is shown of `sst dev`. */
import { afterEach, expect, it } from "vitest";
import { startDev } from "../../src/cli/dev.ts";
import { createLocalCloudCommand } from "../../src/cli/options.ts";
import type { LocalCloud } from "../../src/local-cloud.ts";
import { recordTerminal } from "../support/terminal.ts";

const dev: LocalCloud["dev"] = async ({ onLine }) => {
  onLine?.("+12ms\tlog\u009B2J\u001B[31m\u202E");
  return { deployed: Promise.resolve(), ended: Promise.resolve() };
};

const terminals = [process.stdin.isTTY, process.stdout.isTTY];
afterEach(() => {
  for (const [at, stream] of [process.stdin, process.stdout].entries()) {
    Object.defineProperty(stream, "isTTY", { value: terminals[at], configurable: true });
  }
});

it.each([
  ["in a pipe", false],
  ["on a terminal", true],
])("shows what functions log without what would move a terminal: %s", async (_, isTTY) => {
  for (const stream of [process.stdin, process.stdout]) {
    Object.defineProperty(stream, "isTTY", { value: isTTY, configurable: true });
  }
  const terminal = recordTerminal();
  const options = createLocalCloudCommand({ name: "local-cloud" }).opts();
  await startDev({ dev }, options, terminal, new AbortController().signal);
  expect(terminal.lines.at(-1)).toBe("+12ms\tlog\\x9b2J\\x1b[31m\\u202e");
});
