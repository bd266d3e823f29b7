/** What is shown of `sst dev` where it has no panes. */
import { expect, it } from "vitest";
import { startDev } from "../../src/cli/dev.ts";
import { createLocalCloudCommand } from "../../src/cli/options.ts";
import type { LocalCloud } from "../../src/local-cloud.ts";
import { recordTerminal } from "../support/terminal.ts";

const dev: LocalCloud["dev"] = async ({ onLine }) => {
  onLine?.("+12ms\tlog\u009B2J\u001B[31m\u202E");
  return { deployed: Promise.resolve(), ended: Promise.resolve() };
};

it("shows what functions log there without what would move a terminal", async () => {
  const urls = { api: "http://127.0.0.1:1", aws: "http://127.0.0.1:2", console: "" };
  const terminal = recordTerminal();
  const options = {
    ...createLocalCloudCommand({ name: "local-cloud" }).opts(),
    json: true as const,
  };
  await startDev({ dev, urls }, options, terminal, new AbortController().signal);
  expect(terminal.lines.at(-1)).toBe("+12ms\tlog\\x9b2J\\x1b[31m\\u202e");
});
