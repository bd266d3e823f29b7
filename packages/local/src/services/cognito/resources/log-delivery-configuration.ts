/** aws:cognito: the log group to which a user pool delivers its user activity log. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { LogDelivery } from "../../cloudwatch-logs/log-delivery.ts";
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import { invalidParameter, resourceNotFound } from "../errors.ts";
import type { Cognito } from "../cognito.ts";

const userActivity = z.strictObject({
  eventSource: z.literal(
    "userAuthEvents",
    "the local cloud delivers what users do (userAuthEvents), and nothing about mails",
  ),
  logLevel: z.literal("INFO"),
  cloudWatchLogsConfiguration: z.strictObject({ logGroupArn: z.string() }),
});

interface Stores {
  readonly cognito: Cognito;
  readonly logs: LogGroups;
  readonly logDelivery: LogDelivery;
}

export const logDeliveryConfiguration = ({ cognito, logs, logDelivery }: Stores) =>
  replacedWhen(
    ["userPoolId"],
    defineResource({
      type: "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration",
      inputs: z.strictObject({
        userPoolId: z.string(),
        logConfigurations: z.tuple([userActivity]),
      }),
      apply: ({ userPoolId, logConfigurations: [{ cloudWatchLogsConfiguration }] }) => {
        const group = groupOf(logs, cloudWatchLogsConfiguration.logGroupArn);
        cognito.deliverActivity(userPoolId, (message, timestamp) =>
          // How AWS calls the stream is assumed.
          logDelivery.write({ group, stream: userPoolId, timestamp, message }),
        );
        logDelivery.setUp(group);
        return { id: userPoolId, outputs: {} };
      },
      remove: ({ id }) => cognito.deliverActivity(id, undefined),
    }),
  );

/**
 * A key of KMS is not allowed (documented: CloudFormation's CloudWatchLogsConfiguration of a
 * LogDeliveryConfiguration; the errors are assumed). @throws AwsError
 */
function groupOf(logs: LogGroups, arn: string): string {
  const name = /:log-group:([^:]+)$/.exec(arn)?.[1];
  const group = logs.groups().find((one) => one.name === name);
  if (group === undefined) throw resourceNotFound(`The log group ${arn} does not exist.`);
  if (group.kmsKeyId === undefined) return group.name;
  throw invalidParameter(`The log group ${group.name} must not be encrypted with a key of KMS.`);
}
