/** Topics and their subscriptions, as deployments create them. */
import { xmlText, type SendRequests } from "./requests.ts";

/** Attributes in AWS's spelling (`KmsMasterKeyId`, `FilterPolicy` …). */
export type Attributes = Readonly<Record<string, string>>;

/** Every method throws AwsError with SNS's code. */
export interface Topics {
  /** Creates a topic, or finds the one of that name if no attribute differs. */
  create(name: string, attributes?: Attributes): Promise<{ arn: string }>;
  setAttributes(topicArn: string, attributes: Attributes): Promise<void>;
  /** Removes a topic with its subscriptions. */
  delete(topicArn: string): Promise<void>;
  /** Subscribes a queue; the topic's messages arrive wrapped unless `RawMessageDelivery` is set. */
  subscribeQueue(
    topicArn: string,
    queueArn: string,
    attributes?: Attributes,
  ): Promise<{ subscriptionArn: string }>;
  setSubscriptionAttributes(subscriptionArn: string, attributes: Attributes): Promise<void>;
  unsubscribe(subscriptionArn: string): Promise<void>;
  /** Publishes a text without attributes. */
  publish(topicArn: string, message: string): Promise<{ messageId: string }>;
}

/** Topics over the given calls. */
export function createTopics(send: SendRequests): Topics {
  async function setAttributes(topicArn: string, attributes: Attributes): Promise<void> {
    for (const [AttributeName, AttributeValue] of Object.entries(attributes)) {
      const parameters = { TopicArn: topicArn, AttributeName, AttributeValue };
      await send.sns("SetTopicAttributes", parameters);
    }
  }

  async function subscribeQueue(
    topicArn: string,
    queueArn: string,
    attributes: Attributes = {},
  ): Promise<{ subscriptionArn: string }> {
    const document = await send.sns("Subscribe", {
      TopicArn: topicArn,
      Protocol: "sqs",
      Endpoint: queueArn,
      ReturnSubscriptionArn: "true",
      ...entries(attributes),
    });
    return { subscriptionArn: xmlText(document, "SubscriptionArn") };
  }

  async function setSubscriptionAttributes(
    subscriptionArn: string,
    attributes: Attributes,
  ): Promise<void> {
    for (const [AttributeName, AttributeValue] of Object.entries(attributes)) {
      const parameters = { SubscriptionArn: subscriptionArn, AttributeName, AttributeValue };
      await send.sns("SetSubscriptionAttributes", parameters);
    }
  }

  return {
    async create(name, attributes = {}) {
      const document = await send.sns("CreateTopic", { Name: name, ...entries(attributes) });
      return { arn: xmlText(document, "TopicArn") };
    },
    setAttributes,
    async delete(topicArn) {
      await send.sns("DeleteTopic", { TopicArn: topicArn });
    },
    subscribeQueue,
    setSubscriptionAttributes,
    async unsubscribe(subscriptionArn) {
      await send.sns("Unsubscribe", { SubscriptionArn: subscriptionArn });
    },
    async publish(topicArn, message) {
      const document = await send.sns("Publish", { TopicArn: topicArn, Message: message });
      return { messageId: xmlText(document, "MessageId") };
    },
  };
}

/** A map in the query protocol: entries numbered from 1. */
function entries(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value], index) => [
      [`Attributes.entry.${index + 1}.key`, key],
      [`Attributes.entry.${index + 1}.value`, value],
    ]),
  );
}
