/** The log groups of a stage, by what writes to them. */
import {
  paginateDescribeLogGroups,
  type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";
import { namesOf } from "../../stacks/settings/names.ts";
import { CommandError } from "../support/command-error.ts";
import type { DeployedStage } from "../support/target.ts";
import { howToDeploy } from "../support/unnamed-stage.ts";

/** A log group; `lambda` is the name of the function that writes to it, such as InternalLambda. */
export interface LogGroup {
  readonly name: string;
  readonly kind: "access" | "execution" | "firewall" | "function" | "delivery" | "sign-in";
  readonly lambda?: string;
}

type Names = ReturnType<typeof namesOf>;

/**
 * Finds them: of API Gateway's execution logs, which the stage's name does not tell apart from those of
 * other APIs, that of the API with this id. @throws CommandError when there are none.
 */
export async function findLogGroups(
  client: CloudWatchLogsClient,
  { stage, local }: Pick<DeployedStage, "stage" | "local">,
  apiId: string | undefined,
): Promise<readonly LogGroup[]> {
  const names = namesOf(stage);
  const found: LogGroup[] = [];
  const pages = paginateDescribeLogGroups({ client }, { logGroupNamePattern: names.app });
  for await (const { logGroups = [] } of pages) {
    found.push(...logGroups.flatMap(({ logGroupName = "" }) => groupOf(logGroupName, names)));
  }
  if (found.length === 0) {
    throw new CommandError(`Stage "${stage}" has no log groups. ${howToDeploy(stage, local)}`);
  }
  const execution = apiId === undefined ? "" : names.executionLog(apiId);
  return execution === "" || !(await exists(client, execution))
    ? found
    : [...found, { name: execution, kind: "execution" }];
}

async function exists(client: CloudWatchLogsClient, group: string): Promise<boolean> {
  const pages = paginateDescribeLogGroups({ client }, { logGroupNamePrefix: group });
  for await (const { logGroups = [] } of pages) {
    if (logGroups.some(({ logGroupName }) => logGroupName === group)) return true;
  }
  return false;
}

const functionLog = /^\/aws\/lambda\/(.+)$/;
/** Of deliveries that SNS could not make (documented: SNS/sns-topic-attributes). */
const deliveryLog = /^sns\/[^/]+\/[^/]+\/([^/]+)\/Failure$/;

function groupOf(name: string, names: Names): readonly LogGroup[] {
  const { app, isOfStage } = names;
  if (name === names.firewallLog) return [{ name, kind: "firewall" }];
  if (name === names.accessLog) return [{ name, kind: "access" }];
  if (name === names.signInLog) return [{ name, kind: "sign-in" }];
  const lambda = functionLog.exec(name)?.[1] ?? "";
  if (isOfStage(lambda)) return [{ name, kind: "function", lambda: lambda.slice(app.length + 1) }];
  return isOfStage(deliveryLog.exec(name)?.[1] ?? "") ? [{ name, kind: "delivery" }] : [];
}
