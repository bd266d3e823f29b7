/** What is printed while a local cloud runs. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { streamLogs, type StreamOptions } from "../../src/cli/stream.ts";
import { createAnnouncements, type Announcement } from "../../src/announcements/announcements.ts";
import { createLogGroups } from "../../src/services/cloudwatch-logs/log-groups.ts";
import type { RequestRecord } from "../../src/requests/record.ts";
import { recorded, step } from "../terminal/recorded-request.ts";
import { recordTerminal } from "../support/terminal.ts";

const at = new Date(2026, 10, 29, 9, 5, 7, 43).getTime();

beforeEach(() => void vi.useFakeTimers({ now: at, toFake: ["Date"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const rule = (name: string, action: object, statement: object) => ({ name, action, statement });
const inNetworks = { ipSetReferenceStatement: { arn: "arn" } };
const webAcl = {
  urn: "urn:pulumi:local::shop::aws:wafv2/webAcl:WebAcl::Firewall",
  id: "1",
  type: "aws:wafv2/webAcl:WebAcl",
  name: "Firewall",
  parent: "",
  inputs: {
    rules: [
      rule("Counted", { count: {} }, inNetworks),
      rule("Banned", { block: {} }, inNetworks),
      rule("TooLarge", { count: {} }, { sizeConstraintStatement: {} }),
    ],
  },
  outputs: {},
};

/** Streams what the test writes and tells; `lines` are what was printed once it has ended. */
function stream(options: Partial<StreamOptions> = {}) {
  const logs = createLogGroups();
  const announcements = createAnnouncements();
  const requests: ((record: RequestRecord) => void)[] = [];
  const subscribe = (listener: (record: RequestRecord) => void) => {
    requests.push(listener);
    return () => {};
  };
  const terminal = recordTerminal();
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const end = streamLogs(
    terminal,
    { logs, announcements, requests: { subscribe }, graph: () => [webAcl] },
    { stage: "local", ...options },
  );
  return {
    log: (message: string | object, more: object = {}) =>
      logs.write({
        group: "group",
        stream: "stream",
        timestamp: at,
        message: typeof message === "string" ? message : JSON.stringify(message),
        ...more,
      }),
    serve: (record: RequestRecord) => requests.forEach((listener) => listener(record)),
    tell: (announcement: Announcement) => announcements.make(announcement),
    lines: () => {
      end();
      const printed = write.mock.calls.map(([line]) => String(line));
      write.mockRestore();
      return options.json ? printed : terminal.lines;
    },
  };
}

const mail = (code: string, destination = "ada@example.com"): Announcement => ({
  timestamp: at,
  kind: "mail",
  mail: { kind: "SignUp", userPoolId: "us-east-1_Pool00000", destination, code },
});

const letter: Announcement = {
  timestamp: at + 1,
  kind: "deadLetter",
  letter: {
    queueArn: "arn:aws:sqs:us-east-1:000000000000:shop-local-DeadLetters",
    sourceArn: "arn:aws:lambda:us-east-1:000000000000:function:shop-local-Consumer",
    reason: "failed 3 times (TypeError)",
  },
};

it("prints each event as one line with --json, which no text of others can end", () => {
  const { log, lines } = stream({ json: true });
  const value = { header: "\u009B2J\n\u2028" };
  log(value);
  log('text\u001B[2J\r\n{"ready":true}\n');
  const printed = lines();
  expect(printed).toEqual([
    '{"header":"\\u009b2J\\n\\u2028"}\n',
    'text\\u001b[2J\\r\\n{"ready":true}\n',
  ]);
  expect(JSON.parse(printed[0] ?? "")).toEqual(value);
});

it("prints announcements among the lines of logs, in the order of their times", () => {
  const { log, tell, lines } = stream({ deadLetterHelp: "Run it again." });
  tell(letter);
  log("between", { timestamp: at + 0.5 });
  tell(mail("041983"));
  expect(lines()).toEqual([
    "09:05:07.043 Cognito          confirmation code for ada@example.com: 041983",
    "09:05:07.043 group            between",
    "09:05:07.044 DeadLetters      dead letter of Consumer: failed 3 times (TypeError). Run it again.",
  ]);
});

it("prints announcements with --json as objects of their own, which no text of others can end", () => {
  const { tell, lines } = stream({ json: true });
  tell(letter);
  tell(mail("A\u009B1", '"\n@example.com'));
  const printed = lines();
  expect(printed.join("")).not.toMatch(/[^\P{Cc}\n]/u);
  expect(printed.map((line): unknown => JSON.parse(line))).toEqual([
    {
      announcement: "deadLetter",
      time: new Date(at + 1).toISOString(),
      queueArn: "arn:aws:sqs:us-east-1:000000000000:shop-local-DeadLetters",
      sourceArn: "arn:aws:lambda:us-east-1:000000000000:function:shop-local-Consumer",
      reason: "failed 3 times (TypeError)",
    },
    {
      announcement: "mail",
      time: new Date(at).toISOString(),
      kind: "SignUp",
      userPoolId: "us-east-1_Pool00000",
      destination: '"\n@example.com',
      code: "A\u009B1",
    },
  ]);
});

it("prints a request that the firewall counted unless it was only for its network", () => {
  const { log, lines } = stream();
  for (const ruleId of ["Counted", "Banned", "TooLarge"]) {
    log({
      webaclId: "arn",
      action: "ALLOW",
      terminatingRuleId: "Default_Action",
      nonTerminatingMatchingRules: [{ ruleId, action: "COUNT" }],
      httpRequest: { httpMethod: "GET", uri: "/" },
    });
  }
  expect(lines().map((line) => line.slice(30))).toEqual([
    "ALLOW GET / Banned (COUNT)",
    "ALLOW GET / TooLarge (COUNT)",
  ]);
});

it("leaves the lines of functions to the CLI of sst dev, and prints the others", () => {
  const { log, lines } = stream({ dev: true });
  log("invoked", { group: "/aws/lambda/shop-local-Consumer" });
  log("other");
  expect(lines()).toEqual(["09:05:07.043 group            other"]);
});

it("prints one line a request, where the access log and the firewall have another", () => {
  const { log, serve, lines } = stream({ servedAs: () => "greeted" });
  const access = { method: "POST", resource: "/lambda1", status: "200" };
  log(access, { stream: "access" });
  const served = [step("function", "External"), step("integration", "External")];
  const record = recorded(200, served, { startedAt: at - 41 });
  serve(record);
  // What comes after the response, such as the topic's subscriber, is a step more of the same record.
  serve(record);
  expect(lines()).toEqual([
    "09:05:07.043 Api              200 POST /lambda1 → greeted 41 ms request c78f5cfe",
  ]);
});

it("prints a request behind what its function has logged, though clocks round times", () => {
  const { log, serve, lines } = stream();
  log("the last line");
  // It began in the last part of a millisecond.
  const response = { headers: [], body: Buffer.alloc(0), bodyBytes: 0, status: 200 };
  serve(recorded(200, [], { startedAt: at - 2, response: { ...response, durationMs: 1.3 } }));
  expect(lines()).toEqual([
    "09:05:07.043 group            the last line",
    "09:05:07.043 Api              200 POST /lambda1 → API Gateway 1 ms request c78f5cfe",
  ]);
});

it("prints no line of a request with --json, but that of the access log", () => {
  const { log, serve, lines } = stream({ json: true });
  log({ status: "200" }, { stream: "access" });
  serve(recorded(200, []));
  expect(lines()).toEqual(['{"status":"200"}\n']);
});

it("leaves the execution log to the access log, but not with --json", () => {
  const message = "(1a) Unauthorized request: 1a";
  const group = { group: "API-Gateway-Execution-Logs_a1/local" };
  const shown = stream();
  shown.log(message, group);
  expect(shown.lines()).toEqual([]);
  const json = stream({ json: true });
  json.log(message, group);
  expect(json.lines()).toEqual([`${message}\n`]);
});
