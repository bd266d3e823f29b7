/** The delivery of other services' logs to a log group (documented: LOGS/AWS-logs-infrastructure-CWL). */
import type { Stage } from "../settings/stage.ts";
import { accountId, arnOf } from "./arns.ts";
import { resourcePolicy } from "./resource-policy.ts";

/** Lets the account's log delivery write to the group; what sets it up depends on this. */
export const allowLogDelivery = (
  name: string,
  { names }: Stage,
  logGroup: aws.cloudwatch.LogGroup,
) =>
  new aws.cloudwatch.LogResourcePolicy(`${name}Policy`, {
    policyName: names.resource(name),
    policyDocument: resourcePolicy({
      Sid: "LogDelivery",
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: $interpolate`${logGroup.arn}:*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId() },
        ArnLike: { "aws:SourceArn": arnOf("logs", "*") },
      },
    }),
  });
