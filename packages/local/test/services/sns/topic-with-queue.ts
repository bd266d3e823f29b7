/** A topic and a queue that is subscribed to it, made with the SDK's clients. */
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
} from "@aws-sdk/client-sqs";
import { letTopicSend } from "../../resources/declarations.ts";
import { present } from "../../support/present.ts";
import { environment, type StartedCloud } from "../../support/test-cloud.ts";

export const queueArn = (name: string) =>
  `arn:aws:sqs:${environment.region}:${environment.account}:${name}`;

/** Creates both by one name, the topic allowed to send to the queue, with the attributes of the subscription. */
export async function topicWithQueue(
  { clients: { sns, sqs } }: StartedCloud,
  name: string,
  Attributes: Record<string, string> = {},
) {
  const TopicArn = present((await sns.send(new CreateTopicCommand({ Name: name }))).TopicArn);
  const Policy = letTopicSend(queueArn(name), TopicArn);
  const queue = { QueueName: name, Attributes: { Policy } };
  const created = await sqs.send(new CreateQueueCommand(queue));
  const QueueUrl = present(created.QueueUrl);
  const subscription = { TopicArn, Protocol: "sqs", Endpoint: queueArn(name), Attributes };
  const { SubscriptionArn } = await sns.send(new SubscribeCommand(subscription));

  /** The next message, which is deleted; undefined when there is none. */
  async function next(): Promise<Message | undefined> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }),
    );
    const [message] = Messages;
    const ReceiptHandle = message?.ReceiptHandle;
    if (message !== undefined)
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return message;
  }

  return { TopicArn, QueueUrl, SubscriptionArn: present(SubscriptionArn), next };
}
