/** Every resource type: created, left alone, updated, removed. */
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { ListSubscriptionsCommand, ListTopicsCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Applied } from "../../src/deployments/protocol.ts";
import { madeOf, rows, type Row } from "./rows/index.ts";
import { output } from "./declarations.ts";
import { startDeployableCloud, type DeployableCloud } from "./deployable-cloud.ts";

/** What became of a row's resource in three deployments; undefined where one failed before it. */
interface History {
  readonly created?: Applied | undefined;
  readonly unchanged?: Applied | undefined;
  readonly changed?: Applied | undefined;
  readonly change: Record<string, unknown>;
  readonly error?: unknown;
}

let cloud: DeployableCloud;
let created: ReadonlyMap<string, Applied>;
const histories = new Map<string, History>();

beforeAll(async () => {
  cloud = await startDeployableCloud();
  const code = await cloud.zip("export const handler = async () => 1;");
  const otherCode = await cloud.zip("export const handler = async () => 2;");
  /** Rows that the program has changed so far: each deployment changes one more. */
  const changedRows = new Set<string>();
  const changes = new Map<string, Record<string, unknown>>();
  const deployTable = () =>
    cloud.deploy(async (declare) => {
      const applied = new Map<string, Applied>();
      const made = madeOf(applied, { code, otherCode });
      for (const { type, name, inputs, change } of rows) {
        const changed = changedRows.has(name) ? change(made) : {};
        changes.set(name, changed);
        applied.set(name, await declare(type, name, { ...inputs(made), ...changed }));
      }
    });

  created = await deployTable();
  const unchanged = await deployTable();
  for (const { name } of rows) {
    const before = { created: created.get(name), unchanged: unchanged.get(name) };
    changedRows.add(name);
    try {
      const changed = (await deployTable()).get(name);
      histories.set(name, { ...before, changed, change: changes.get(name) ?? {} });
    } catch (error) {
      histories.set(name, { ...before, change: {}, error });
      changedRows.delete(name);
    }
  }
});
afterAll(() => cloud.stop());

const historyOf = ({ name }: Row): History => histories.get(name) ?? { change: {} };

describe.each(rows.map((row) => [`${row.type} (${row.name})`, row] as const))("%s", (_, row) => {
  it("is created and gets an id", () => {
    const id = expect.stringMatching(/./);
    expect(historyOf(row).created).toMatchObject({ operation: "create", id });
  });

  it("is left alone while its inputs are the same", () => {
    const { created: first, unchanged } = historyOf(row);
    expect(unchanged).toEqual({ ...first, operation: "same" });
  });

  it(`is updated, ${row.replaced ? "under a new id" : "under the id that it has"}`, () => {
    const { created: first, changed, change, error } = historyOf(row);
    expect(error).toBeUndefined();
    expect(changed).toMatchObject({ operation: "update", outputs: change });
    expect(changed?.id === first?.id).toBe(row.replaced === undefined);
  });
});

it("covers every type that is supported", () => {
  const covered = new Set(rows.map(({ type }) => type));
  expect(cloud.types.filter((type) => !covered.has(type))).toEqual([]);
});

it("leaves nothing standing when everything is removed", async () => {
  const { clients } = cloud;
  const roleArn = output(created.get("Role") ?? { operation: "same", id: "", outputs: {} }, "arn");
  expect(cloud.roles.statementsOf(roleArn)).not.toEqual([]);

  await cloud.destroy();

  expect({
    functions: cloud.lambda.getFunction(created.get("Function")?.id ?? ""),
    logGroups: cloud.logs.groups(),
    stages: cloud.apis.servedStages(),
    statements: cloud.roles.statementsOf(roleArn),
    uploads: cloud.assets.size,
  }).toEqual({ functions: undefined, logGroups: [], stages: [], statements: [], uploads: 0 });
  const { QueueUrls = [] } = await clients.sqs.send(new ListQueuesCommand({}));
  const { Topics } = await clients.sns.send(new ListTopicsCommand({}));
  const { Subscriptions } = await clients.sns.send(new ListSubscriptionsCommand({}));
  const { SecretList } = await clients.secretsManager.send(new ListSecretsCommand({}));
  const { UserPools } = await clients.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  expect({ QueueUrls, Topics, Subscriptions, SecretList, UserPools }).toEqual({
    QueueUrls: [],
    Topics: [],
    Subscriptions: [],
    SecretList: [],
    UserPools: [],
  });
});
