/** `npm run rehearse`, run as operators run it. */
import { appName } from "@secure-lambda/functions/contract";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { showSummary, summarize } from "../../scripts/rehearsal/summary/index.ts";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { readSharedGraph } from "../support/shared-app.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";
import { run, start } from "../../packages/local/test/support/command.ts";

const command = ["node", "scripts/rehearse.ts"] as const;

describe("a rehearsal of prod", () => {
  let copy: AppCopy;
  let folder: string;
  let before: [string, string][];
  let result: Awaited<ReturnType<typeof run>>;
  const graphFile = () => path.join(folder, "graph.json");
  beforeAll(async () => {
    copy = copyApp({ platform: true });
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "rehearsal-"));
    before = readFiles(copy.folder);
    result = await run([...command, "--stage", "prod", "--graph", graphFile()], {
      cwd: copy.folder,
    });
  });
  afterAll(() => {
    copy.remove();
    fs.rmSync(folder, { recursive: true });
  });

  it("breaks no rule and ends with 0", () => {
    expect(result).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("✓ No rule of stacks/policy is broken."),
    });
  });

  it("fits 80 columns, and says at its end how to go on", () => {
    expect(widest(result)).toBeLessThanOrEqual(80);
    expect(result.stdout.split("\n").at(-1)).toBe("next: npm run deploy -- --stage prod");
  });

  it("prints what another deployment of the app has too, whatever it was that AWS chose", async () => {
    const terminal = recordTerminal();
    const graph = await readSharedGraph();
    showSummary(terminal, summarize("local", graph));
    const other = terminal.lines.join("\n");
    for (const title of ["Grants", "Encryption at rest", "Dead letters"]) {
      expect(partOf(result.stdout, title)).toEqual(partOf(other, title));
    }
    expect(result.stderr).not.toMatch(/\d s$/m);
  });

  it("keeps its progress out of the summary, and both free of escape codes in a pipe", () => {
    expect(result.stderr).toContain("✓ sst deploy --stage prod, offline");
    expect(result.stdout).not.toContain("sst deploy");
    expect(`${result.stdout}${result.stderr}`).not.toContain("\u001B");
  });

  it("writes the graph: types, names, parents, and inputs with every output resolved", () => {
    const graph = graphSchema.parse(JSON.parse(fs.readFileSync(graphFile(), "utf8")));
    const topic = graph.find(({ type }) => type === "aws:sns/topicSubscription:TopicSubscription");
    expect(topic?.inputs["topic"]).toMatch(
      new RegExp(`^arn:aws:sns:us-east-1:\\d{12}:${appName}-prod-`),
    );
    expect(graph.length).toBeGreaterThan(50);
  });

  it("changes nothing but what every SST command writes, and leaves nothing running", () => {
    const lock = [path.join(".local-cloud", "deployment.lock"), ""];
    expect(readFiles(copy.folder)).toEqual([lock, ...before]);
    expect(fs.readdirSync(path.join(copy.folder, ".local-cloud", "runs"))).toEqual([]);
  });

  it.each([
    ["Resources", /^ {2}WAF +\d+ +3 web ACL associations, web ACL, /],
    [
      "Routes",
      /^ {2}POST \/lambda1 +→ ExternalLambda; AGAuthorizer1 \(MyUserPool1\); validated by/,
    ],
    ["Routes", /^ {2}POST \/lambda2 +→ ExternalLambda; AGAuthorizer2 \(MyUserPool2\)/],
    ["Grants", /^ {2}ExternalLambda +may +sns:Publish on GreetingTopic, if$/],
    ["Grants", /^ {2}InternalLambda +is invoked by +sns\.amazonaws\.com from GreetingTopic$/],
    ["Firewall", /^ {2}\d+ +as in the group +group of AWS: AWSManagedRulesCommonRuleSet$/],
    ["Firewall", /^ {2}default +allow +/],
    ["Encryption at rest", /^ {2}topic +GreetingTopicTopic +key MessagingKey$/],
    ["Encryption at rest", /^ {2}secret +LambdaSNSTopicARN +key SecretKey$/],
    ["Dead letters", /^ {2}GreetingTopic +cannot be delivered to +InternalLambda +→ DeadLetters$/],
    ["Cost", /^ {2}\d+\.\d\d +USD a month before the first request/],
    ["Cost", /^ +5\.00 +WAF web ACL: 1 × 5\.00 \/ web ACL$/],
    ["Account", /^ {2}Lambda +310 concurrent executions +210 reserved/],
    ["Dead letters", /^ {2}an event +fails permanently in +InternalLambda +→ DeadLetters$/],
  ])("shows in its part %s: %s", (title, line) => {
    expect(partOf(result.stdout, title).filter((text) => line.test(text))).toHaveLength(1);
  });
});

/** An app of little, which is soon deployed: a topic without a key, and two methods that anybody may call. */
const brokenConfig = `/// <reference path="./.sst/platform/config.d.ts" />
export default $config({
  app: () => ({ name: "broken", home: "aws", providers: { aws: { region: "us-east-1" } } }),
  async run() {
    new aws.sns.Topic("Plain");
    const api = new aws.apigateway.RestApi("Api");
    for (const httpMethod of ["GET", "POST"]) {
      new aws.apigateway.Method(\`Open\${httpMethod}\`, {
        restApi: api.id,
        resourceId: api.rootResourceId,
        httpMethod,
        authorization: "NONE",
      });
    }
  },
});
`;

it("ends with 1 and names the resources when rules are broken; its plan is the same each time", async () => {
  const copy = copyApp({ platform: true });
  const plan = (name: string) => ["--plan", path.join(copy.folder, name)];
  fs.writeFileSync(path.join(copy.folder, "sst.config.ts"), brokenConfig);
  copy.keepTime("sst.config.ts");
  const result = await run([...command, "--stage", "ada", ...plan("first")], { cwd: copy.folder });
  const { code, stdout, stderr } = result;
  const scan = await run([...command, "--stage", "ada", "--sarif", ...plan("second")], {
    cwd: copy.folder,
  });
  const [first, second] = ["first", "second"].map((name) =>
    fs.readFileSync(path.join(copy.folder, name), "utf8"),
  );
  copy.remove();
  expect(second).toBe(first);
  expect(first).toContain("\nPlain aws:sns/topic:Topic\n");
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^ada is no named stage \(prod, .*\): it gets a developer stage's settings/,
  );
  expect(widest(result)).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain("next:");
  expect(partOf(stdout, "Encryption at rest")).toContainEqual(
    expect.stringMatching(/topic +Plain +NOT ENCRYPTED/),
  );
  expect(stdout).toMatch(/✕ \d+ rules are broken:\n(.*\n)*.*Plain/);
  expect(stdout).toMatch(/methods-need-a-token\S* +OpenGET\s+is open/);
  expect(stdout).toMatch(/methods-need-a-token\S* +OpenPOST\s+is open/);
  expect(scan.code).toBe(1);
  expect(JSON.parse(scan.stdout)).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        results: expect.arrayContaining([
          expect.objectContaining({
            ruleId: "encrypted-at-rest",
            message: { text: expect.stringMatching(/^Plain must be encrypted/) },
          }),
        ]),
      },
    ],
  });
});

it("ends with 130 when it is interrupted, and leaves nothing", async () => {
  const copy = copyApp({ platform: true });
  const rehearsal = start([...command, "--stage", "ada"], { cwd: copy.folder });
  await rehearsal.line(/sst deploy --stage ada/);
  rehearsal.interrupt();
  await expect(rehearsal.ended).resolves.toBe(130);
  expect(rehearsal.stdout).toEqual([]);
  expect(fs.readdirSync(path.join(copy.folder, ".local-cloud", "runs"))).toEqual([]);
  copy.remove();
});

const graphSchema = z.array(
  z.strictObject({
    type: z.string(),
    name: z.string(),
    parent: z.string(),
    inputs: z.record(z.string(), z.unknown()),
  }),
);

const widest = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
  Math.max(...`${stdout}\n${stderr}`.split("\n").map(({ length }) => length));

/** The lines below a title of the summary. */
function partOf(stdout: string, title: string): string[] {
  const lines = stdout.split("\n");
  const first = lines.indexOf(title) + 1;
  return lines.slice(first, lines.indexOf("", first));
}

/** Every SST command writes these; the engine keeps its compiled code. */
const sstWrites = [".sst", "sst-env.d.ts", "compile-cache"];

/** Every other file below a folder and what is in it; links are not followed. */
function readFiles(folder: string, below = ""): [string, string][] {
  return fs
    .readdirSync(path.join(folder, below), { withFileTypes: true })
    .filter(({ name }) => !sstWrites.includes(name))
    .flatMap((entry): [string, string][] => {
      const name = path.join(below, entry.name);
      if (entry.isDirectory()) return readFiles(folder, name);
      return entry.isFile() ? [[name, fs.readFileSync(path.join(folder, name), "utf8")]] : [];
    });
}
