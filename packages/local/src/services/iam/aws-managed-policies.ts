/** AWS's own managed policies that are known here, as its reference publishes them (MANAGED-POLICY/NAME). */
import { parsePolicy, type Statement } from "./policy.ts";

/** An allow of a policy; for every resource by default. */
interface Allow {
  readonly actions: readonly string[];
  readonly resource?: string;
}

const writeLogs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/** By what follows `arn:aws:iam::aws:policy/`. */
const published: Readonly<Record<string, readonly Allow[]>> = {
  AWSXRayDaemonWriteAccess: [
    {
      actions: [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
      ],
    },
  ],
  CloudWatchLambdaInsightsExecutionRolePolicy: [
    { actions: ["logs:CreateLogGroup"] },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resource: "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*",
    },
  ],
  "service-role/AWSLambdaBasicExecutionRole": [{ actions: writeLogs }],
  "service-role/AWSLambdaSQSQueueExecutionRole": [
    {
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", ...writeLogs],
    },
  ],
  "service-role/AWSLambdaVPCAccessExecutionRole": [
    {
      actions: [
        ...writeLogs,
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ],
    },
  ],
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs": [
    {
      actions: [
        ...writeLogs,
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:GetLogEvents",
        "logs:FilterLogEvents",
      ],
    },
  ],
};

/** The statements of the known policies, by ARN. */
export const awsManagedPolicies: ReadonlyMap<string, readonly Statement[]> = new Map(
  Object.entries(published).map(([name, allows]) => [
    `arn:aws:iam::aws:policy/${name}`,
    parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: allows.map(statementOf) })),
  ]),
);

function statementOf({ actions, resource = "*" }: Allow): object {
  return { Effect: "Allow", Action: actions, Resource: resource };
}
