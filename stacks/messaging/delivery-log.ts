/** SNS's log of deliveries: every failed one, and a sample of the others. */
import { deliveryLogs, type LogSettings } from "../shared/log-groups.ts";
import type { Stage } from "../settings/stage.ts";

/** Percent. A line has a hash of the message, from which a name can be guessed. */
const SUCCESS_SAMPLE_RATE = 1;

/**
 * Creates the log groups, which SNS would create without retention and key, and the role by which it
 * writes to them; gives what the topic says of them. SNS needs the permission to create groups too
 * (documented: SNS/topics-attrib-prereq).
 */
export function createDeliveryLog(stage: Stage, logs: LogSettings) {
  const { all, failed } = deliveryLogs(stage);
  const groups = [
    new aws.cloudwatch.LogGroup("DeliveryLog", { name: all, ...logs }),
    new aws.cloudwatch.LogGroup("FailedDeliveryLog", { name: failed, ...logs }),
  ];
  const { arn } = new aws.iam.Role("DeliveryLogger", {
    name: stage.names.resource("DeliveryLogger"),
    assumeRolePolicy: $jsonStringify(
      aws.iam.assumeRolePolicyForPrincipal({ Service: "sns.amazonaws.com" }),
    ),
    inlinePolicies: [
      {
        name: "inline",
        policy: $jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: groups.map((group) => $interpolate`${group.arn}:*`),
            },
          ],
        }),
      },
    ],
  });
  return {
    lambdaFailureFeedbackRoleArn: arn,
    lambdaSuccessFeedbackRoleArn: arn,
    lambdaSuccessFeedbackSampleRate: SUCCESS_SAMPLE_RATE,
  };
}
