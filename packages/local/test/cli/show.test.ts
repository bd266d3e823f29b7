/** What is shown once an app is deployed. */
import { expect, it } from "vitest";
import { createLocalCloudCommand, type CliOptions } from "../../src/cli/options.ts";
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
const options = createLocalCloudCommand({ name: "local-cloud" }).opts();

function show(
  limitations: readonly Limitation[],
  lines: readonly string[],
  more: Partial<CliOptions> = {},
) {
  const terminal = recordTerminal();
  showReady(
    terminal,
    { urls, limitations: () => limitations, loginUrls: () => [loginUrl] },
    { ...options, ...more },
    lines,
  );
  return terminal.lines;
}

const ready = [
  "  ✓ ready        http://127.0.0.1:3000",
  "    AWS endpoint http://127.0.0.1:4566",
  "    console      http://127.0.0.1:4566/_local/console",
  "    mailbox      http://127.0.0.1:4566/_local/mail",
  "    login page   http://127.0.0.1:4566/_local/login/app",
  "    a minute of AWS lasts 3 s here (--speed 1: as on AWS)",
  "    Ctrl-C stops it",
  "",
];

it("shows the limitations by service, then what to try, then that it is ready", () => {
  const limitations = [
    {
      service: "WAF",
      text: "none of the 3 rules of AWSManagedRulesAmazonIpReputationList is evaluated",
    },
    { service: "API Gateway", text: "no answer is cached" },
    { service: "WAF", text: "17 of 22 rules of AWSManagedRulesCommonRuleSet are evaluated" },
    { service: "API Gateway", text: "access logs are written, execution logs are not" },
  ];
  const lines = show(limitations, ["", "  POST http://127.0.0.1:3000/lambda1", ""]);
  expect(lines).toEqual([
    "",
    "  Limitations of the local cloud:",
    "    API Gateway  no answer is cached; access logs are written, execution logs",
    "                 are not",
    "    WAF          none of the 3 rules of AWSManagedRulesAmazonIpReputationList is",
    "                 evaluated; 17 of 22 rules of AWSManagedRulesCommonRuleSet are",
    "                 evaluated",
    "",
    "  POST http://127.0.0.1:3000/lambda1",
    "",
    ...ready,
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

it("says of an app that is as on AWS, with nothing to try, that it is ready", () => {
  expect(show([], [])).toEqual(["", ...ready]);
});

it.each([
  [1, "    a minute of AWS lasts 60 s here"],
  [7, "    a minute of AWS lasts 8.57 s here (--speed 1: as on AWS)"],
  [600, "    a minute of AWS lasts 0.1 s here (--speed 1: as on AWS)"],
])("says at the speed %d how long a minute lasts", (speed, line) => {
  expect(show([], [], { speed })).toContain(line);
});
