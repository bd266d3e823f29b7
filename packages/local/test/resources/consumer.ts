/** A topic with a function behind it, and a queue for what the function cannot get or fails on. */
import { PublishCommand } from "@aws-sdk/client-sns";
import { account, allow, declareFunction, region } from "./declarations.ts";
import type { Declare, DeployableCloud } from "./deployable-cloud.ts";

export const queueArn = `arn:aws:sqs:${region}:${account}:dead-letters`;
export const topicArn = `arn:aws:sns:${region}:${account}:names`;

export interface Consumer {
  /** The function's module. */
  readonly source: string;
  /** The queue's policy; none unless given. */
  readonly queuePolicy?: string | undefined;
  /** What the function's role allows: default: sending to the queue. */
  readonly statements?: object[];
  /** Whether the topic may invoke the function (default). */
  readonly permission?: boolean;
  readonly destination?: string;
  readonly retries?: number;
}

/** Declares all of it. */
export async function declareConsumer(
  cloud: DeployableCloud,
  declare: Declare,
  consumer: Consumer,
): Promise<void> {
  const { source, queuePolicy, permission = true, destination = queueArn, retries = 0 } = consumer;
  const { statements = [allow("sqs:SendMessage", queueArn)] } = consumer;
  const queue = await declare("aws:sqs/queue:Queue", "DeadLetters", { name: "dead-letters" });
  if (queuePolicy !== undefined) {
    const inputs = { queueUrl: queue.id, policy: queuePolicy };
    await declare("aws:sqs/queuePolicy:QueuePolicy", "DeadLettersPolicy", inputs);
  }
  await declare("aws:sns/topic:Topic", "Names", { name: "names" });
  const { arn } = await declareFunction(cloud, declare, { name: "Consumer", source, statements });
  if (permission) {
    await declare("aws:lambda/permission:Permission", "Permission", {
      action: "lambda:InvokeFunction",
      function: "Consumer",
      principal: "sns.amazonaws.com",
      sourceArn: topicArn,
    });
  }
  await declare("aws:sns/topicSubscription:TopicSubscription", "Subscription", {
    topic: topicArn,
    protocol: "lambda",
    endpoint: arn,
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn }),
  });
  await declare("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "Config", {
    functionName: "Consumer",
    maximumRetryAttempts: retries,
    destinationConfig: { onFailure: { destination } },
  });
}

/** Publishes a name to the topic, as the operator. */
export const publish = ({ clients }: Pick<DeployableCloud, "clients">) =>
  clients.sns.send(new PublishCommand({ TopicArn: topicArn, Message: "Ada" }));
