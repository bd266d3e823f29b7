/** Functions, their roles, and what watches them. */
import { allow, deny, lambdaTrust, policy } from "../declarations.ts";
import type { Row } from "./row.ts";

const anything = policy(allow("*", "*"));
const nothing = policy({ Effect: "Deny", Action: "*", Resource: "*" });

export const functions: Row[] = [
  {
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    name: "Code",
    inputs: (made) => ({ bucket: "code", key: "one.zip", source: { localCloudFile: made.code } }),
    change: (made) => ({ source: { localCloudFile: made.otherCode } }),
  },
  {
    type: "aws:iam/role:Role",
    name: "Role",
    inputs: () => ({ assumeRolePolicy: lambdaTrust, inlinePolicies: [{ policy: anything }] }),
    change: () => ({ description: "another" }),
  },
  {
    type: "aws:iam/policy:Policy",
    name: "Policy",
    inputs: () => ({ policy: anything }),
    change: () => ({ policy: nothing }),
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "RolePolicy",
    inputs: (made) => ({ role: made.id("Role"), policy: anything }),
    change: () => ({ policy: policy(allow("sqs:*", "*")) }),
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "Attachment",
    inputs: (made) => ({ role: made.id("Role"), policyArn: "arn:aws:iam::aws:policy/Some" }),
    change: () => ({ policyArn: "arn:aws:iam::aws:policy/Other" }),
    replaced: true,
  },
  {
    type: "aws:lambda/function:Function",
    name: "Function",
    inputs: (made) => ({
      role: made.output("Role", "arn"),
      runtime: "nodejs24.x",
      handler: "bundle.handler",
      s3Bucket: "code",
      s3Key: "one.zip",
    }),
    change: () => ({ timeout: 9 }),
  },
  {
    type: "aws:lambda/permission:Permission",
    name: "Permission",
    inputs: (made) => ({
      action: "lambda:InvokeFunction",
      function: made.id("Function"),
      principal: "sns.amazonaws.com",
    }),
    change: (made) => ({ sourceArn: made.id("Topic") }),
    replaced: true,
  },
  {
    type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    name: "EventInvokeConfig",
    inputs: (made) => ({ functionName: made.id("Function"), maximumRetryAttempts: 0 }),
    change: () => ({ maximumRetryAttempts: 1 }),
  },
];

export const observability: Row[] = [
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "LogGroup",
    inputs: () => ({ name: "aws-waf-logs-test", retentionInDays: 30 }),
    change: () => ({ retentionInDays: 90 }),
  },
  {
    type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    name: "LogPolicy",
    inputs: () => ({
      policyName: "logs",
      policyDocument: policy({ ...allow("*", "*"), Principal: "*" }),
    }),
    change: () => ({ policyDocument: deny("*", "*") }),
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    name: "Alarm",
    inputs: () => ({
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      threshold: 0,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      period: 60,
      statistic: "Maximum",
    }),
    change: () => ({ threshold: 5 }),
  },
  {
    type: "aws:cloudwatch/dashboard:Dashboard",
    name: "Dashboard",
    inputs: () => ({ dashboardName: "board", dashboardBody: JSON.stringify({ widgets: [] }) }),
    change: () => ({ dashboardBody: JSON.stringify({ widgets: [], start: "-PT6H" }) }),
  },
];
