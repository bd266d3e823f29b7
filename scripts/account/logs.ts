/** Whether API Gateway and the firewall can write their logs in an account. */
import { APIGatewayClient, GetAccountCommand } from "@aws-sdk/client-api-gateway";
import {
  CloudWatchLogsClient,
  DescribeResourcePoliciesCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { type Deployment, type Findings, nothing, refuse } from "./questions.ts";

/** Fixed, for an account in a Region (documented: LOGS/cloudwatch_limits_cwl). */
const MOST_POLICIES = 10;

/**
 * Asks for API Gateway's log role, which is the account's. SST sets one where there is none (recorded:
 * apigateway-account.ts of SST).
 */
export async function askLogRole({ graph, aws }: Deployment): Promise<Findings> {
  if (!graph.some(({ type }) => type === "aws:apigateway/stage:Stage")) return nothing;
  const { cloudwatchRoleArn } = await new APIGatewayClient({ ...aws }).send(
    new GetAccountCommand({}),
  );
  if (cloudwatchRoleArn) return nothing;
  const remark = `API Gateway has no log role in this account in ${aws.region}: the deployment sets one, which every other API there uses as well, and which stays.`;
  return { refusals: [], remarks: [remark] };
}

/** Asks whether there is room for the policies that let services write logs. */
export async function askLogPolicies({ stage, graph, aws }: Deployment): Promise<Findings> {
  const own = graph
    .filter(({ type }) => type === "aws:cloudwatch/logResourcePolicy:LogResourcePolicy")
    .map(({ inputs }) => inputs["policyName"]);
  if (own.length === 0) return nothing;
  const { resourcePolicies = [] } = await new CloudWatchLogsClient({ ...aws }).send(
    new DescribeResourcePoliciesCommand({}),
  );
  const others = resourcePolicies.filter(({ policyName }) => !own.includes(policyName)).length;
  if (others + own.length <= MOST_POLICIES) return nothing;
  return refuse([
    `CloudWatch Logs has ${others} resource policies in ${aws.region} and takes ${MOST_POLICIES}, of which stage ${stage} needs ${own.length}. Delete one that nothing uses: aws logs describe-resource-policies, aws logs delete-resource-policy --policy-name NAME.`,
  ]);
}
