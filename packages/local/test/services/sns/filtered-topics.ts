/** Topics with a queue each, whose filter policy is about attributes or bodies. */
import {
  GetSubscriptionAttributesCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  type MessageAttributeValue,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { topicWithQueue } from "./topic-with-queue.ts";

type Scope = "MessageAttributes" | "MessageBody";
type Topic = Awaited<ReturnType<typeof topicWithQueue>>;

export function setUpFilteredTopics() {
  let aws: StartedCloud;
  let topics: Record<Scope, Topic>;
  beforeAll(async () => {
    aws = await startTestCloud();
    topics = {
      MessageAttributes: await topicWithQueue(aws, "attributes"),
      MessageBody: await topicWithQueue(aws, "body", { FilterPolicyScope: "MessageBody" }),
    };
  });
  afterAll(() => aws.stop());

  async function setAttribute(scope: Scope, AttributeName: string, value: unknown): Promise<void> {
    const { SubscriptionArn } = topics[scope];
    const AttributeValue = typeof value === "string" ? value : JSON.stringify(value);
    const input = { SubscriptionArn, AttributeName, AttributeValue };
    await aws.clients.sns.send(new SetSubscriptionAttributesCommand(input));
  }

  async function isDelivered(scope: Scope, policy: unknown, message: object): Promise<boolean> {
    await setAttribute(scope, "FilterPolicy", policy);
    const { TopicArn, next } = topics[scope];
    await aws.clients.sns.send(new PublishCommand({ TopicArn, Message: "m", ...message }));
    return (await next()) !== undefined;
  }

  return {
    cloud: () => aws,
    setAttribute,
    /** Whether a message with these attributes is delivered under a policy. */
    attributesMatch: (policy: unknown, attributes: Record<string, MessageAttributeValue>) =>
      isDelivered("MessageAttributes", policy, { MessageAttributes: attributes }),
    /** Whether a message of this text, or JSON, is delivered under a policy. */
    bodyMatches: (policy: unknown, body: unknown) =>
      isDelivered("MessageBody", policy, {
        Message: typeof body === "string" ? body : JSON.stringify(body),
      }),
    /** The attributes of a subscription. */
    attributesOf: async (scope: Scope) => {
      const { SubscriptionArn } = topics[scope];
      const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
      return (await aws.clients.sns.send(command)).Attributes;
    },
  };
}
