/**
 * The alarms' notification: an encrypted topic with one e-mail subscription, if the stage has an
 * address.
 */
import { createKey, writeAndRead } from "../shared/kms-keys.ts";
import { arnOf } from "../shared/arns.ts";
import {
  allowService,
  denyPlainHttp,
  resourcePolicy,
  topicActions,
} from "../shared/resource-policy.ts";
import { hasAddress } from "../settings/schema.ts";
import type { Stage } from "../settings/stage.ts";

/**
 * Creates the topic; the subscriber confirms by a link that SNS sends. None without an address. Only
 * the named alarms may publish: a pattern for `prod` would let those of `prod-eu` publish too.
 */
export function createAlarmTopic(
  stage: Stage,
  alarmNames: readonly string[],
): aws.sns.Topic | undefined {
  const { settings, names } = stage;
  if (!hasAddress(settings.alarmEmail)) return undefined;
  const ofStage = arnOf("cloudwatch", `alarm:${names.resource("")}`);
  const alarms = alarmNames.map((name) => $interpolate`${ofStage}${name}`);
  // CloudWatch may not use AWS's key alias/aws/sns, whatever the stage's other keys are (documented: SNS/sns-key-management).
  const key = createKey("AlarmKey", {
    description: "the alarm topic",
    stage,
    uses: [
      allowService("AlarmsPublish", "cloudwatch.amazonaws.com", alarms, {
        Action: writeAndRead,
        Resource: "*",
      }),
    ],
  });
  const topic = new aws.sns.Topic("AlarmTopic", {
    name: names.resource("AlarmTopic"),
    kmsMasterKeyId: key.arn,
  });
  new aws.sns.TopicPolicy("AlarmTopicPolicy", {
    arn: topic.arn,
    policy: resourcePolicy(
      denyPlainHttp(topicActions, topic.arn),
      allowService("AlarmsPublish", "cloudwatch.amazonaws.com", alarms, {
        Action: "sns:Publish",
        Resource: topic.arn,
      }),
    ),
  });
  new aws.sns.TopicSubscription("AlarmEmail", {
    topic: topic.arn,
    protocol: "email",
    endpoint: settings.alarmEmail,
  });
  return topic;
}
