/** Whether log groups of a stage are there already, such as one to which a service wrote after a removal. */
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as z from "zod";
import { readAccountId } from "./account-id.ts";
import { type Deployment, type Findings, type Known, refuse } from "./questions.ts";

const groupSchema = z.object({ name: z.string() });

/**
 * Asks for each log group of the graph: the AWS provider takes none that is there (reported:
 * terraform-aws-modules/terraform-aws-lambda#342). Nothing has taken the execution log's name, which has
 * the id of an API that AWS has yet to create.
 */
export async function askLogGroups(deployment: Deployment, known: Known): Promise<Findings> {
  const logs = new CloudWatchLogsClient({ ...deployment.aws });
  const account = await readAccountId(deployment);
  const names = deployment.graph
    .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")
    .map(({ inputs }) => inAccount(groupSchema.parse(inputs).name, account));
  const taken = await Promise.all(
    names.map(async (name) => !known.has(name) && (await exists(logs, name))),
  );
  return refuse(
    names
      .filter((_, at) => taken[at])
      .map(
        (name) =>
          `There is a log group ${name}, of which SST does not know. Delete it with its lines (aws logs delete-log-group --log-group-name ${name}), or deploy a stage of another name.`,
      ),
  );
}

/** SNS names the log groups of a topic after its account (documented: SNS/topics-attrib-prereq). */
const inAccount = (name: string, account: string) =>
  name.replace(/^(sns\/[^/]+\/)\d{12}(?=\/)/, `$1${account}`);

/** Of all that begin with a name, it is the first (documented: LOGS-API/DescribeLogGroups, sorted). */
async function exists(logs: CloudWatchLogsClient, name: string): Promise<boolean> {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }),
  );
  return logGroups.some(({ logGroupName }) => logGroupName === name);
}
