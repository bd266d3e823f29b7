/** What the scanners find in stage `prod`: each finding is explained in docs/scanners.md. */
import { startLocalCloud, type GraphResource } from "@secure-lambda/local";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { run } from "../../packages/local/test/support/command.ts";
import { like } from "../../packages/local/src/services/iam/patterns.ts";
import { templateOf } from "./template.ts";

/** A rule on a resource; rules of cdk-nag that several of its packs have are named once. */
interface Finding {
  readonly rule: string;
  readonly resource: string;
}

/** A row of the table; patterns may hold `*`. */
interface Row {
  readonly rule: string;
  readonly resources: readonly string[];
  readonly reason: string;
}

const packs = /^(?:HIPAA\.Security|NIST\.800\.53\.R5|PCI\.DSS\.321)-/u;

let graph: readonly GraphResource[] = [];
let findings: readonly Finding[] = [];

async function scan(resources: readonly GraphResource[]): Promise<readonly Finding[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "template-"));
  try {
    const file = path.join(folder, "template.json");
    fs.writeFileSync(file, JSON.stringify(templateOf(resources)));
    const scanned = await run([process.execPath, "tests/scanners/scan.mjs", file]);
    if (scanned.code !== 0) throw new Error(`The scanners failed: ${scanned.stderr}`);
    return scanned.stdout
      .trim()
      .split("\n")
      .map((line) => {
        const [, rule = "", resource = ""] = line.split("\t");
        return { rule: rule.replace(packs, ""), resource };
      });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

beforeAll(async () => {
  const cloud = await startLocalCloud({ keepsUnsupported: true });
  try {
    await cloud.deploy({ stage: "prod" });
    graph = cloud.graph("prod");
  } finally {
    await cloud.stop();
  }
  findings = await scan(graph);
});

const rows: readonly Row[] = fs
  .readFileSync("docs/scanners.md", "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, rule, resources, control, reason] =
      /^\| `([^`]+)` \| ([^|]+) \| (\d+) \| (.+) \|$/u.exec(line) ?? [];
    return rule === undefined || resources === undefined || control === undefined
      ? []
      : [{ rule, resources: resources.split(", "), reason: reason ?? "" }];
  });

const explains = ({ rule, resources }: Row, finding: Finding): boolean =>
  like(rule, finding.rule) && resources.some((pattern) => like(pattern, finding.resource));

it("has a row for each finding", () => {
  expect(findings.filter((finding) => !rows.some((row) => explains(row, finding)))).toEqual([]);
});

it("has no row, and no resource in a row, without a finding", () => {
  const each = rows.flatMap((row) => row.resources.map((one) => ({ ...row, resources: [one] })));
  expect(each.filter((row) => !findings.some((finding) => explains(row, finding)))).toEqual([]);
});

/** Changes of inputs by type, each with the rule that notices it. */
const losses: Readonly<Record<string, readonly [string, object]>> = {
  "aws:apigateway/stage:Stage": ["AwsSolutions-APIG1", { accessLogSettings: undefined }],
  "aws:kms/key:Key": ["AwsSolutions-KMS5", { enableKeyRotation: false }],
  "aws:sns/topic:Topic": ["F3002", { colour: "unknown to CloudFormation" }],
  "aws:sqs/queuePolicy:QueuePolicy": [
    "AwsSolutions-SQS4",
    { policy: '{"Version":"2012-10-17","Statement":[]}' },
  ],
};

it("notices controls that are lost, and a template that CloudFormation does not take", async () => {
  const changed = graph.map((one) => {
    const [, change = {}] = losses[one.type] ?? [];
    return { ...one, inputs: { ...one.inputs, ...change } };
  });
  const rules = new Set((await scan(changed)).map(({ rule }) => rule));
  const wanted = Object.values(losses).map(([rule]) => rule);
  expect(wanted.filter((rule) => !rules.has(rule))).toEqual([]);
});
