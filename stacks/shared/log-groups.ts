/** What every log group of a stage has in common: its retention, and the key that encrypts it. */
import { retentionInDays } from "../settings/retention.ts";
import type { Stage } from "../settings/stage.ts";
import { accountId, arnOf } from "./arns.ts";
import { createKey } from "./kms-keys.ts";
import type { Statement } from "./resource-policy.ts";

/** Inputs of a log group. */
export type LogSettings = ReturnType<typeof createLogSettings>;

/** The inputs of every log group of a stage, and the key that they name, if the stage has keys. */
export function createLogSettings(stage: Stage) {
  const key = stage.settings.customerKeys
    ? createKey("LogKey", {
        description: "the log groups",
        stage,
        uses: [allowLogGroups(groupsOf(stage))],
      })
    : undefined;
  return {
    retentionInDays: retentionInDays(stage.settings),
    ...(key === undefined ? {} : { kmsKeyId: key.arn }),
  };
}

/**
 * The log groups of a stage. API Gateway names the execution log after the API, which does not exist
 * before the key.
 */
const groupsOf = (stage: Stage): $util.Input<string>[] => [
  stage.names.functionLog("ExternalLambda"),
  stage.names.functionLog("InternalLambda"),
  stage.names.accessLog,
  stage.names.executionLog("*"),
  stage.names.firewallLog,
  ...Object.values(deliveryLogs(stage)),
];

/** The log groups of the greeting topic's deliveries; SNS names them (documented: SNS/topics-attrib-prereq). */
export function deliveryLogs({ names }: Stage) {
  const { region } = aws.getRegionOutput();
  const all = $interpolate`sns/${region}/${accountId()}/${names.resource("GreetingTopic")}`;
  return { all, failed: $interpolate`${all}/Failure` };
}

/**
 * Lets CloudWatch Logs encrypt these groups; who may read a group needs nothing of the key (documented:
 * LOGS/encrypt-log-data-kms, with wildcards for the actions).
 */
const allowLogGroups = (groups: readonly $util.Input<string>[]): Statement => ({
  Sid: "LogGroups",
  Effect: "Allow",
  Principal: { Service: $interpolate`logs.${aws.getRegionOutput().region}.amazonaws.com` },
  Action: [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ],
  Resource: "*",
  Condition: {
    ArnLike: {
      "kms:EncryptionContext:aws:logs:arn": groups.map((group) =>
        arnOf("logs", $interpolate`log-group:${group}`),
      ),
    },
  },
});
