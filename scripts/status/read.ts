/** Reads the state of a stage, each part by itself: one that may not be read hides no other. */
import { CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { SQSClient } from "@aws-sdk/client-sqs";
import { routeRows, type UserPool, userPools } from "@secure-lambda/functions/contract";
import { authorizerName, namesOf } from "../../stacks/settings/names.ts";
import { findQueue } from "../dead-letters/queue.ts";
import { notDeployed, readStageOutputs } from "../support/stage-outputs.ts";
import { targetAt, type DeployedStage } from "../support/target.ts";
import { findUserPool } from "../support/user-pools.ts";

/** A part of the state: its text, or why it could not be read. */
export interface StatusRow {
  readonly name: string;
  readonly result: PromiseSettledResult<string>;
}

/** Reads every part. @throws CommandError when the stage is not deployed. */
export async function readStatus(deployed: DeployedStage): Promise<readonly StatusRow[]> {
  const outputs = await readStageOutputs(deployed);
  if (Object.keys(outputs).length === 0) throw notDeployed(deployed);
  const parts: readonly (readonly [string, () => Promise<string>])[] = [
    ["stage", async () => `${deployed.stage}, ${whereOf(deployed)}`],
    ...outputRows(deployed, outputs),
    ...routeRows.map(
      ({ method, path, userPool }) =>
        [`${method} ${path}`, async () => `${authorizerName(userPool)}, pool ${userPool}`] as const,
    ),
    ...userPools.map(
      (pool) => [`users in pool ${pool}`, () => countUsers(deployed, pool)] as const,
    ),
    ["alarms", () => describeAlarms(deployed)],
    ["dead letters", () => countDeadLetters(deployed)],
  ];
  const results = await Promise.allSettled(parts.map(([, read]) => read()));
  return parts.flatMap(([name], at) => {
    const result = results[at];
    return result === undefined ? [] : [{ name, result }];
  });
}

const whereOf = ({ local, aws }: DeployedStage) => (local ? "a local cloud" : `AWS, ${aws.region}`);

/** What sst.config.ts returned; a local cloud has its API at a URL of its own. */
function outputRows({ apiUrl, local }: DeployedStage, outputs: Readonly<Record<string, unknown>>) {
  const shown = { ...outputs, ...(apiUrl !== undefined && { apiUrl }) };
  return Object.entries(shown)
    .filter(([name]) => !local || name === "apiUrl")
    .map(
      ([name, value]) =>
        [name, async () => (typeof value === "string" ? value : JSON.stringify(value))] as const,
    );
}

/** Cognito's estimate, which takes one call however many there are. */
async function countUsers(deployed: DeployedStage, number: UserPool): Promise<string> {
  const target = targetAt(deployed);
  const { userPoolId } = await findUserPool(target, number);
  const { UserPool: found } = await target.cognito.send(
    new DescribeUserPoolCommand({ UserPoolId: userPoolId }),
  );
  return String(found?.EstimatedNumberOfUsers ?? "unknown");
}

/** Which alarms are raised; a prefix is that of other stages' alarms too. */
async function describeAlarms({ stage, aws }: DeployedStage): Promise<string> {
  const { app, isOfStage } = namesOf(stage);
  const raised: string[] = [];
  let count = 0;
  const pages = paginateDescribeAlarms(
    { client: new CloudWatchClient({ ...aws }) },
    { AlarmNamePrefix: `${app}-` },
  );
  for await (const { MetricAlarms = [] } of pages) {
    const own = MetricAlarms.filter(({ AlarmName = "" }) => isOfStage(AlarmName));
    count += own.length;
    const inAlarm = own.filter(({ StateValue }) => StateValue === "ALARM");
    raised.push(...inAlarm.map(({ AlarmName = "" }) => AlarmName.slice(app.length + 1)));
  }
  if (count === 0) return "the stage has none";
  const names = raised.length === 0 ? "" : `: ${raised.join(", ")}`;
  return `${raised.length} of ${count} raised${names}`;
}

/** About how many messages are in the queue: waiting, and held by an operator's command. */
async function countDeadLetters(deployed: DeployedStage): Promise<string> {
  const { stage, local, aws } = deployed;
  const { waiting, held } = await (await findQueue(new SQSClient({ ...aws }), deployed)).count();
  const count = waiting + held;
  if (count === 0) return "0";
  const target = local ? "" : `--stage ${stage} `;
  return `${count}, to list: npm run redrive -- ${target}--dry-run`;
}
