/** What `npm run deploy` asks the account before it creates anything, and what it makes of the answers. */
import { appName, userPools } from "@secure-lambda/functions/contract";
import { expect, it } from "vitest";
import { askAccount, showFindings } from "../../scripts/account/ask-account.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";
import {
  absent,
  account,
  concurrency,
  deployed,
  failure,
  startAccountStub,
  stubClients,
  xmlFailure,
  type Answer,
  type Answers,
} from "../support/account-stub.ts";
import { askStub } from "../support/ask-account.ts";
import { resource } from "../support/graph-resource.ts";

const names = namesOf("prod");
const lambdas = ["ExternalLambda", "InternalLambda"].map((part) => names.resource(part));
const domain = names.domainPrefix(1, account);

const policies = (...policyNames: string[]): Answer => [
  200,
  { resourcePolicies: policyNames.map((policyName) => ({ policyName })) },
];

const graphOf = (reserved: readonly (number | undefined)[]) => [
  ...lambdas.map((name, at) =>
    resource("aws:lambda/function:Function", name, {
      name,
      ...(reserved[at] === undefined ? {} : { reservedConcurrentExecutions: reserved[at] }),
    }),
  ),
  resource("aws:iam/role:Role", "InternalLambdaRole", { name: lambdas[1] }),
  // One whose name AWS chooses, or Pulumi.
  resource("aws:iam/role:Role", "LogRole", {}),
  resource("aws:apigateway/stage:Stage", "Stage", {}),
  resource("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "Policy", {
    policyName: names.resource("FirewallLog"),
  }),
  resource("aws:secretsmanager/secret:Secret", "Secret", { name: names.topicSecret }),
  resource("aws:cognito/userPoolDomain:UserPoolDomain", "Domain", { domain: "local" }),
];

const ask = (answers: Answers, reserved: readonly (number | undefined)[] = [200, 10]) =>
  askStub({ graph: graphOf(reserved), answers });

it("finds nothing to say of an account with room", async () => {
  const { refusals, remarks } = await ask({});
  expect({ refusals, remarks }).toEqual({ refusals: [], remarks: [] });
});

it("refuses a stage that reserves concurrency in a new account, with the number to request", async () => {
  const { refusals } = await ask({ GetAccountSettings: concurrency(10, 10) });
  expect(refusals).toEqual([
    expect.stringMatching(
      /^Lambda runs at most 10 executions .*needs 310: the stage reserves 210, other functions 0, and 100 must stay unreserved\. Request an increase .*L-B99A9384/,
    ),
  ]);
});

it("takes a stage that reserves none in a new account", async () => {
  const answers = { GetAccountSettings: concurrency(10, 10) };
  const { refusals, calls } = await ask(answers, [undefined, undefined]);
  expect(refusals).toEqual([]);
  expect(calls).not.toContain("GetAccountSettings");
});

it("counts what others reserve", async () => {
  const { refusals } = await ask({ GetAccountSettings: concurrency(1_000, 309) });
  expect(refusals).toEqual([expect.stringContaining("needs 1001")]);
  await expect(ask({ GetAccountSettings: concurrency(1_000, 310) })).resolves.toMatchObject({
    refusals: [],
  });
});

it("counts what the stage's own functions reserve already only once", async () => {
  const own = lambdas.map((name) => ({ type: "aws:lambda/function:Function", id: name }));
  const answers: Answers = {
    ...deployed(...own),
    GetAccountSettings: concurrency(310, 100),
    GetFunctionConcurrency: (name) => [
      200,
      { ReservedConcurrentExecutions: name === lambdas[0] ? 200 : 10 },
    ],
  };
  await expect(ask(answers)).resolves.toMatchObject({ refusals: [] });
  const { refusals } = await ask(answers, [300, 10]);
  expect(refusals).toEqual([expect.stringContaining("needs 410: the stage reserves 310")]);
});

it("says that the deployment sets the log role of API Gateway, where there is none", async () => {
  const { refusals, remarks } = await ask({ GetAccount: [200, {}] });
  expect(refusals).toEqual([]);
  expect(remarks).toEqual([expect.stringContaining("API Gateway has no log role")]);
});

it("refuses an eleventh log policy, and takes its own again", async () => {
  const ten = Array.from({ length: 10 }, (_, at) => `policy-${at}`);
  const { refusals } = await ask({ DescribeResourcePolicies: policies(...ten) });
  expect(refusals).toEqual([expect.stringMatching(/has 10 resource policies .*Delete one/)]);
  const own = [...ten.slice(1), names.resource("FirewallLog")];
  await expect(ask({ DescribeResourcePolicies: policies(...own) })).resolves.toMatchObject({
    refusals: [],
  });
});

it.each<[string, Answers, RegExp]>([
  [
    "a function",
    { GetFunctionConcurrency: (name) => (name === lambdas[1] ? [200, {}] : absent) },
    new RegExp(
      `^There is a function ${appName}-prod-InternalLambda, of which SST does not know\\.`,
    ),
  ],
  [
    "a role",
    { GetRole: (body) => (body.includes(`=${lambdas[1]}`) ? [200, aRole] : noRole) },
    /^There is a role \S+-InternalLambda, .* in us-east-1\./,
  ],
  ["a secret", { DescribeSecret: [200, { Name: names.topicSecret }] }, /^There is a secret /],
  [
    "a secret that is scheduled for deletion",
    { DescribeSecret: [200, { DeletedDate: 1_700_000_000 }] },
    /scheduled for deletion.*delete-secret --secret-id \S+ --force-delete-without-recovery\.$/,
  ],
  [
    "the domain of a user pool",
    {
      DescribeUserPoolDomain: (body) => [
        200,
        { DomainDescription: body.includes(domain) ? { UserPoolId: "us-east-1_a" } : {} },
      ],
    },
    new RegExp(`^The domain prefix ${domain} belongs to the user pool us-east-1_a`),
  ],
])("refuses a name that is taken: %s", async (_, answers, sentence) => {
  const { refusals } = await ask(answers);
  expect(refusals).toEqual([expect.stringMatching(sentence)]);
});

const noRole = xmlFailure(404, "NoSuchEntity");
const aRole = `<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role /></GetRoleResult></GetRoleResponse>`;

it("takes names again that SST has deployed", async () => {
  const state = deployed(
    ...lambdas.map((id) => ({ type: "aws:lambda/function:Function", id })),
    { type: "aws:iam/role:Role", id: lambdas[1] },
    { type: "aws:secretsmanager/secret:Secret", id: "arn:s", outputs: { name: names.topicSecret } },
    ...userPools.map((number) => ({
      type: "aws:cognito/userPoolDomain:UserPoolDomain",
      id: names.domainPrefix(number, account),
    })),
  );
  const { refusals } = await ask({
    ...state,
    GetFunctionConcurrency: [200, {}],
    GetRole: [200, aRole],
    DescribeSecret: [200, { Name: names.topicSecret }],
    DescribeUserPoolDomain: [200, { DomainDescription: { UserPoolId: "us-east-1_a" } }],
  });
  expect(refusals).toEqual([]);
});

it.each([
  ["GetAccountSettings", "whether Lambda has the concurrency"],
  ["GetAccount", "whether API Gateway has a log role"],
  ["DescribeResourcePolicies", "whether there is room for a log policy"],
  ["GetParameter", "whether names are taken"],
  ["DescribeSecret", "whether the secret's name is taken"],
  ["DescribeUserPoolDomain", "whether domain prefixes are taken"],
])("goes on where the operator may not call %s, and says what is not known", async (call, what) => {
  const { refusals, remarks } = await ask({ [call]: failure(403, "AccessDeniedException", "No") });
  expect({ refusals, remarks }).toEqual({
    refusals: [],
    remarks: [`Not known: ${what}. Your credentials do not allow this.`],
  });
});

it("goes on where the operator may not see roles, and says what is not known", async () => {
  const { refusals, remarks } = await ask({ GetRole: xmlFailure(403, "AccessDenied") });
  expect({ refusals, remarks }).toEqual({
    refusals: [],
    remarks: ["Not known: whether names of roles are taken. Your credentials do not allow this."],
  });
});

it("goes on where AWS cannot be reached but by the SST CLI, and says what is not known", async () => {
  const stub = await startAccountStub({});
  await stub.stop();
  const deployment = { stage: "prod", graph: graphOf([200, 10]), aws: stubClients(stub) };
  const { refusals, remarks } = await askAccount(deployment);
  expect(refusals).toEqual([]);
  expect(remarks).toHaveLength(4);
  for (const remark of remarks) expect(remark).toMatch(/^Not known: whether .*ECONNREFUSED/);
});

it.each([{}, { latest: {} }, { latest: { manifest: {} } }])(
  "asks about a stage whose first deployment ended before its first resource: %j",
  async (checkpoint) => {
    const answers = { ...deployed(), GetObject: [200, { checkpoint }] } satisfies Answers;
    await expect(ask(answers)).resolves.toMatchObject({ refusals: [] });
  },
);

it("does not go on with credentials that are not valid", async () => {
  const answers = { GetAccount: failure(403, "ExpiredTokenException", "It has expired.") };
  await expect(ask(answers)).rejects.toThrow("It has expired.");
});

it("shows what it found in 80 columns", () => {
  const terminal = recordTerminal();
  showFindings(terminal, { refusals: ["word ".repeat(40)], remarks: ["Not known."] });
  expect(terminal.lines[0]).toBe("!  Not known.");
  expect(terminal.lines[1]).toMatch(/^✕ {2}word/);
  expect(Math.max(...terminal.lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const empty = recordTerminal();
  showFindings(empty, { refusals: [], remarks: [] });
  expect(empty.lines).toEqual(["✓ The account has room for the stage."]);
});
