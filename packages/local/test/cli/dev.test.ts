/** What is shown of `sst dev`. */
import { afterEach, expect, it } from "vitest";
import { startDev } from "../../src/cli/dev.ts";
import { createLocalCloudCommand } from "../../src/cli/options.ts";
import type { LocalCloud } from "../../src/local-cloud.ts";
import { recordTerminal } from "../support/terminal.ts";

const urls = {
  api: "http://127.0.0.1:3000",
  aws: "http://127.0.0.1:4566",
  console: "http://127.0.0.1:4566/_local/console",
  mailbox: "http://127.0.0.1:4566/_local/mail",
};
const loginUrls = () => ["http://127.0.0.1:4566/_local/login/app-local-1"];

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
  await startDev({ dev, urls, loginUrls }, options, terminal, new AbortController().signal);
  expect(terminal.lines.at(-1)).toBe("+12ms\tlog\\x9b2J\\x1b[31m\\u202e");
});

it.each([
  ["the API", "https://4gvz5ocpv3.execute-api.us-east-1.amazonaws.com/local/", urls.api],
  [
    "a login page",
    "https://app-local-1.auth.us-east-1.amazoncognito.com",
    "http://127.0.0.1:4566/_local/login/app-local-1",
  ],
  ["another address", "https://example.com/", "https://example.com/"],
  ["a login page of another app", "https://b.auth.us-east-1.amazoncognito.com", undefined],
])(
  "shows the local address of %s among the outputs of the app",
  async (_, onAws, local = onAws) => {
    const terminal = recordTerminal();
    const printing: LocalCloud["dev"] = (args) => {
      args.onLine?.(`[SST]    apiUrl: ${onAws}`);
      args.onLine?.(`[Function] called ${onAws}`);
      return dev({ ...args, onLine: () => {} });
    };
    const options = createLocalCloudCommand({ name: "local-cloud" }).opts();
    const { signal } = new AbortController();
    await startDev({ dev: printing, urls, loginUrls }, options, terminal, signal);
    expect(terminal.lines.slice(-2)).toEqual([
      `[SST]    apiUrl: ${local}`,
      `[Function] called ${onAws}`,
    ]);
  },
);
