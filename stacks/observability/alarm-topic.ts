/** Where alarms go: an encrypted topic with one e-mail subscription, for stages that name one. */
import { createKey, writeAndRead } from "../shared/kms-keys.ts";
import { arnOf, nameOf } from "../shared/names.ts";
import {
  allowService,
  denyPlainHttp,
  resourcePolicy,
  topicActions,
} from "../shared/resource-policy.ts";
import type { StageSettings } from "../settings/settings.ts";

/** Creates the topic; its subscriber confirms by a link that SNS mails. None without an address. */
export function createAlarmTopic(settings: StageSettings): aws.sns.Topic | undefined {
  if (settings.alarmEmail === undefined) return undefined;
  const alarms = arnOf("cloudwatch", `alarm:${nameOf("*")}`);
  const key = createKey("AlarmKey", {
    description: "the alarm topic",
    settings,
    uses: [
      allowService("AlarmsPublish", "cloudwatch.amazonaws.com", alarms, {
        Action: writeAndRead,
        Resource: "*",
      }),
    ],
  });
  const topic = new aws.sns.Topic("AlarmTopic", {
    name: nameOf("AlarmTopic"),
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
