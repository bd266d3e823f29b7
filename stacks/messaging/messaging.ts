/** The topic between ExternalLambda and InternalLambda, and the dead-letter queue of both. */
import { allowAccountViaService, createKey, viaService, writeAndRead } from "../shared/kms-keys.ts";
import { arnOf, roleArn } from "../shared/arns.ts";
import type { LogSettings } from "../shared/log-groups.ts";
import { createDeliveryLog } from "./delivery-log.ts";
import {
  allowRole,
  allowService,
  denyPlainHttp,
  resourcePolicy,
  topicActions,
} from "../shared/resource-policy.ts";
import type { Stage } from "../settings/stage.ts";

/** The topic, the dead-letter queue and the key of both, if they have one of this stage. */
export type Messaging = ReturnType<typeof createMessaging>;

/** The two senders of dead letters. */
interface Senders {
  topicArn: $util.Output<string>;
  consumer: $util.Output<string>;
}

const FOURTEEN_DAYS = 1_209_600;

/** Creates the topic, to which only ExternalLambda may publish, and the dead-letter queue. */
export function createMessaging(stage: Stage, logs: LogSettings) {
  const { settings, names } = stage;
  const topicName = names.resource("GreetingTopic");
  const publisher = publisherOf(stage);
  const consumer = consumerOf(stage);
  const key = settings.customerKeys ? createMessagingKey(stage, topicName) : undefined;
  const topic = new sst.aws.SnsTopic("GreetingTopic", {
    transform: {
      topic: {
        name: topicName,
        kmsMasterKeyId: key?.arn ?? "alias/aws/sns",
        ...createDeliveryLog(stage, logs),
      },
    },
  });
  restrictTopic(topic.arn, publisher);
  const deadLetters = new aws.sqs.Queue("DeadLetters", {
    name: names.resource("DeadLetters"),
    // SNS may not use AWS's key alias/aws/sqs for dead letters (documented: SQS/sqs-key-management).
    ...(key === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: key.arn }),
    messageRetentionSeconds: FOURTEEN_DAYS,
  });
  restrictQueue(deadLetters, { topicArn: topic.arn, consumer });
  return { topic, deadLetters, key };
}

const publisherOf = ({ names }: Stage) => roleArn(names.resource("ExternalLambda"));
const consumerOf = ({ names }: Stage) => roleArn(names.resource("InternalLambda"));

const createMessagingKey = (stage: Stage, topicName: string) =>
  createKey("MessagingKey", {
    description: "the greeting topic and its dead letters",
    stage,
    uses: [
      allowRole("ExternalLambdaPublishes", publisherOf(stage), {
        Action: writeAndRead,
        Resource: "*",
        via: viaService("sns"),
      }),
      allowRole("InternalLambdaSendsDeadLetters", consumerOf(stage), {
        Action: writeAndRead,
        Resource: "*",
        via: viaService("sqs"),
      }),
      allowService("TopicRedrives", "sns.amazonaws.com", arnOf("sns", topicName), {
        Action: writeAndRead,
        Resource: "*",
      }),
      allowAccountViaService("sqs", ["kms:Decrypt"]),
    ],
  });

function restrictTopic(topicArn: $util.Output<string>, publisher: $util.Output<string>): void {
  new aws.sns.TopicPolicy("GreetingTopicPolicy", {
    arn: topicArn,
    policy: resourcePolicy(
      denyPlainHttp(topicActions, topicArn),
      allowRole("ExternalLambdaPublishes", publisher, {
        Action: "sns:Publish",
        Resource: topicArn,
      }),
      {
        Sid: "DenyOtherPublishers",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": publisher } },
      },
    ),
  });
}

function restrictQueue(queue: aws.sqs.Queue, { topicArn, consumer }: Senders): void {
  new aws.sqs.QueuePolicy("DeadLettersPolicy", {
    queueUrl: queue.url,
    policy: resourcePolicy(
      denyPlainHttp("sqs:*", queue.arn),
      allowService("TopicRedrives", "sns.amazonaws.com", topicArn, {
        Action: "sqs:SendMessage",
        Resource: queue.arn,
      }),
      allowRole("InternalLambdaSendsDeadLetters", consumer, {
        Action: "sqs:SendMessage",
        Resource: queue.arn,
      }),
      {
        // Both must differ for the denial: each of the two senders lacks the other's condition key.
        Sid: "DenyOtherSenders",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        Condition: {
          ArnNotEquals: { "aws:PrincipalArn": consumer, "aws:SourceArn": topicArn },
        },
      },
    ),
  });
}
