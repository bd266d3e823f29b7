/** The deploy role's policies: they allow what a deployment calls, and nothing else. */
import { appName } from "@secure-lambda/functions/contract";
import type { GraphResource } from "@secure-lambda/local";
import fs from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { account, calls, passRole, region, type Call } from "../../support/deploy-role/call.ts";
import {
  bootstrapCalls,
  commandCalls,
  providerCalls,
} from "../../support/deploy-role/deployment-calls.ts";
import {
  allows,
  folder,
  ofEveryStage,
  readPolicy,
  statementsIn,
  unneeded,
} from "../../support/deploy-role/policy.ts";
import { resource as resourceOf } from "../../support/graph-resource.ts";
import { withThreatProtection } from "./threat-protection-mutations.ts";
import type { DeployedStage, Deployment } from "./deployed.ts";

/** IAM counts the characters of a managed policy without white space (documented: IAM/reference_iam-quotas). */
const QUOTA = 6_144;

export function testDeployRole(
  deployment: Deployment,
  prod: DeployedStage,
  developer: DeployedStage,
): void {
  const graphs = new Map<string, ReturnType<DeployedStage["graph"]>["resources"]>();
  const stages = [prod, developer];

  // Last in its file: what the SST CLI calls to remove a stage is recorded as well.
  beforeAll(async () => {
    for (const { stage, graph } of stages) {
      graphs.set(stage, withThreatProtection(withOptions(graph().resources), stage));
    }
    await deployment.cloud().remove({ stage: developer.stage });
  });

  const graphOf = (stage: string) => graphs.get(stage) ?? [];
  const callsOf = (stage: string): readonly Call[] => [
    ...providerCalls(graphOf(stage)),
    ...commandCalls(graphOf(stage), stage),
    ...deployment.calls.filter(
      ({ resource }) =>
        !stages.some((other) => other.stage !== stage && resource.includes(`/${other.stage}`)),
    ),
  ];

  it.each(stages)("allow each call of a deployment and a removal of $stage", ({ stage }) => {
    const statements = statementsIn(ofEveryStage, stage);
    const denied = callsOf(stage).filter((call) => !allows(statements, call, graphOf(stage)));
    expect(denied).toEqual([]);
  });

  it("were checked with what the SST CLI calls", () => {
    const called = new Set(deployment.calls.map(({ action }) => action));
    expect([...called].toSorted()).toEqual([
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
      "ssm:GetParameter",
      "ssm:PutParameter",
    ]);
  });

  it("allow nothing that no call needs", () => {
    const made = callsOf(prod.stage);
    expect(unneeded(statementsIn(ofEveryStage, prod.stage), made)).toEqual([]);
  });

  it("let SES be asked in every Region, where a sender of mails can be", () => {
    const [asked] = calls("ses", "GetEmailIdentity", `arn:aws:ses:eu-west-1:${account}:identity/a`);
    expect(asked && allows(statementsIn(ofEveryStage, prod.stage), asked)).toBe(true);
  });

  it("of the bootstrap allow the SST CLI's first calls, and nothing else", () => {
    const statements = statementsIn(["bootstrap"], prod.stage);
    expect(bootstrapCalls.filter((call) => !allows(statements, call))).toEqual([]);
    expect(unneeded(statements, bootstrapCalls)).toEqual([]);
  });

  it("notice a call that is new, and one that is gone", () => {
    const made = callsOf(prod.stage);
    const statements = statementsIn(ofEveryStage, prod.stage);
    const [created = ""] = made
      .filter(({ action }) => action === "sqs:CreateQueue")
      .map((one) => one.resource);
    expect(allows(statements, { action: "sqs:PurgeQueue", resource: created })).toBe(false);
    const others = made.filter(({ action }) => action !== "sqs:CreateQueue");
    expect(unneeded(statements, others)).toEqual(["Queues: sqs:CreateQueue"]);
    const unknown = graphOf(prod.stage).map((one) => ({
      ...one,
      type: "aws:dynamodb/table:Table",
    }));
    expect(() => providerCalls(unknown)).toThrow(/calls of the AWS provider for aws:dynamodb/);
  });

  it.each<[string, Call[]]>([
    [
      "another app's function",
      calls("lambda", "UpdateFunctionCode", `arn:aws:lambda:${region}:${account}:function:payroll`),
    ],
    [
      "another stage's state",
      calls("s3", "GetObject", `arn:aws:s3:::sst-state-x/app/${appName}/ada.json`),
    ],
    [
      "another stage's passphrase",
      calls(
        "ssm",
        "GetParameter",
        `arn:aws:ssm:${region}:${account}:parameter/sst/passphrase/${appName}/ada`,
      ),
    ],
    ["a role of its own", calls("iam", "PutRolePolicy", `arn:aws:iam::${account}:role/deploy`)],
    [
      "an administrator's policy",
      calls(
        "iam",
        "AttachRolePolicy",
        `arn:aws:iam::${account}:role/${appName}-prod-ExternalLambda`,
        { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" },
      ),
    ],
    [
      "a role for another service",
      passRole(`arn:aws:iam::${account}:role/${appName}-prod-ExternalLambda`, "ec2.amazonaws.com"),
    ],
    [
      "a key's use, except through Secrets Manager",
      calls("kms", "Decrypt", `arn:aws:kms:${region}:${account}:key/any`),
    ],
    [
      "the users of a pool",
      calls(
        "cognito-idp",
        "AdminCreateUser",
        `arn:aws:cognito-idp:${region}:${account}:userpool/any`,
      ),
    ],
    ["mail", calls("ses", "SendEmail", `arn:aws:ses:${region}:${account}:identity/example.com`)],
    [
      "messages",
      calls(
        "sqs",
        "ReceiveMessage",
        `arn:aws:sqs:${region}:${account}:${appName}-prod-DeadLetters`,
      ),
    ],
    [
      "logs",
      calls(
        "logs",
        "FilterLogEvents",
        `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${appName}-prod-InternalLambda`,
      ),
    ],
  ])("do not allow %s", (_, refused) => {
    const statements = statementsIn(ofEveryStage, "prod");
    expect(refused.filter((call) => allows(statements, call))).toEqual([]);
  });

  it("fit into IAM's quota with the longest name of a stage", () => {
    const files = fs.readdirSync(folder).map((file) => file.replace(/\.json$/u, ""));
    expect(files.toSorted()).toEqual([...ofEveryStage, "api-keys", "bootstrap"].toSorted());
    for (const name of files) {
      const longest = readPolicy(name, "x".repeat(30)).replaceAll(region, "ap-southeast-99");
      expect(longest.replaceAll(/\s/gu, "").length).toBeLessThan(QUOTA);
    }
  });
}

/** The graph of a stage that names a web application, so that its pools have domains, and networks. */
function withOptions(resources: readonly GraphResource[]): readonly GraphResource[] {
  const pools = resources.filter(({ type }) => type === "aws:cognito/userPool:UserPool");
  return [
    ...resources,
    ...["AllowedNetworks", "CountedNetworks"].map((name) =>
      resourceOf("aws:wafv2/ipSet:IpSet", name, {}, { arn: ipSetArn(name) }),
    ),
    ...pools.map(({ id, name }) =>
      resourceOf("aws:cognito/userPoolDomain:UserPoolDomain", `${name}Domain`, { userPoolId: id }),
    ),
  ];
}

const ipSetArn = (name: string) =>
  `arn:aws:wafv2:${region}:${account}:regional/ipset/${name}-0a1b2c3/id`;
