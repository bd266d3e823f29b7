/** What is shown once an app is deployed. */
import { expect, it, vi } from "vitest";
import { createLocalCloudCommand } from "../../src/cli/options.ts";
import { showReady } from "../../src/cli/show.ts";
import type { Limitation } from "../../src/provider/limitations.ts";
import { recordTerminal } from "../support/terminal.ts";

const urls = {
  api: "http://127.0.0.1:3000",
  aws: "http://127.0.0.1:4566",
  console: "http://127.0.0.1:4566/_local/console",
  mailbox: "http://127.0.0.1:4566/_local/mail",
};
const loginUrl = "http://127.0.0.1:4566/_local/login/app";
const defaults = createLocalCloudCommand({ name: "local-cloud" }).opts();

function show(
  limitations: readonly Limitation[],
  lines: readonly string[],
  options: Partial<typeof defaults> = {},
) {
  const terminal = recordTerminal();
  showReady(
    terminal,
    { urls, limitations: () => limitations, loginUrls: () => [loginUrl] },
    { ...defaults, ...options },
    lines,
  );
  // At once, so that who waits for the line that it is ready can read the others.
  expect(terminal.lines).toHaveLength(1);
  return terminal.lines.flatMap((text) => text.split("\n"));
}

const ready = ["", "  ✓ ready        http://127.0.0.1:3000", ""];
const addresses = [
  "    AWS endpoint http://127.0.0.1:4566",
  "    mailbox      http://127.0.0.1:4566/_local/mail",
  "    login page   http://127.0.0.1:4566/_local/login/app",
  "    a minute of AWS lasts 3 s here (--speed 1: as on AWS)",
  "    Ctrl-C stops it",
];
const last = ["", "  console        http://127.0.0.1:4566/_local/console", ""];

const limitations = [
  {
    service: "WAF",
    text: "none of the 3 rules of AWSManagedRulesAmazonIpReputationList is evaluated",
  },
  { service: "API Gateway", text: "no metrics are kept" },
  { service: "WAF", text: "17 of 22 rules of AWSManagedRulesCommonRuleSet are evaluated" },
  { service: "API Gateway", text: "access logs are written, execution logs are not" },
];

it("shows first that it is ready, then what to try, the limitations in a line, and last the console", () => {
  expect(show(limitations, ["  POST http://127.0.0.1:3000/lambda1", ""])).toEqual([
    ...ready,
    "  POST http://127.0.0.1:3000/lambda1",
    "",
    ...addresses,
    "    4 limitations: API Gateway, WAF (--verbose lists them)",
    ...last,
  ]);
});

it("lists the limitations by service with --verbose", () => {
  const lines = show(limitations, [], { verbose: true });
  expect(lines).toEqual([
    ...ready,
    ...addresses,
    "",
    "    Limitations of the local cloud:",
    "    API Gateway  no metrics are kept; access logs are written, execution logs",
    "                 are not",
    "    WAF          none of the 3 rules of AWSManagedRulesAmazonIpReputationList is",
    "                 evaluated; 17 of 22 rules of AWSManagedRulesCommonRuleSet are",
    "                 evaluated",
    ...last,
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

it("says of an app that is as on AWS, with nothing to try, that it is ready", () => {
  expect(show([], [])).toEqual([...ready, ...addresses, ...last]);
});

it("has its ready line on standard output with --json, and the rest elsewhere", () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const lines = show(limitations, ["  try"], { json: true });
  const printed = write.mock.calls.map(([line]) => String(line));
  write.mockRestore();
  expect(printed.map((line): unknown => JSON.parse(line))).toEqual([
    {
      ready: true,
      apiUrl: urls.api,
      awsUrl: urls.aws,
      consoleUrl: urls.console,
      mailboxUrl: urls.mailbox,
      loginUrls: [loginUrl],
    },
  ]);
  expect(lines).toEqual([
    "",
    "  try",
    "",
    "    4 limitations: API Gateway, WAF (--verbose lists them)",
    "",
  ]);
});

it.each([
  [1, "    a minute of AWS lasts 60 s here"],
  [7, "    a minute of AWS lasts 8.57 s here (--speed 1: as on AWS)"],
  [600, "    a minute of AWS lasts 0.1 s here (--speed 1: as on AWS)"],
])("says at the speed %d how long a minute lasts", (speed, line) => {
  expect(show([], [], { speed })).toContain(line);
});
