/** aws:sns: topics, and subscriptions of functions and queues. */
import * as z from "zod";
import { defineResource } from "../deployment/resource-type.ts";
import { physicalName } from "./physical-name.ts";
import type { Services } from "./services.ts";

export const snsResources = ({ messaging, delivery }: Services) => [
  defineResource({
    type: "aws:sns/topic:Topic",
    inputs: z.strictObject({ name: z.string().optional(), fifoTopic: z.literal(false).optional() }),
    apply: async (inputs, { name: logicalName, previous }) => {
      if (previous) return previous;
      const name = inputs.name ?? physicalName(logicalName);
      const { arn } = await messaging.topics.create(name);
      return { id: arn, outputs: { arn, name } };
    },
    remove: ({ id }) => messaging.topics.delete(id),
  }),
  defineResource({
    type: "aws:sns/topicSubscription:TopicSubscription",
    inputs: z.strictObject({
      topic: z.string(),
      protocol: z.literal("lambda"),
      endpoint: z.string(),
      filterPolicy: z.string().optional(),
      filterPolicyScope: z.enum(["MessageAttributes", "MessageBody"]).optional(),
      redrivePolicy: z.string().optional(),
    }),
    apply: async ({ topic, endpoint, ...policies }, { previous }) => {
      if (previous) await delivery.unsubscribe(previous.id);
      const subscription = { topicArn: topic, functionArn: endpoint, ...policies };
      const { subscriptionArn } = await delivery.subscribe(subscription);
      return { id: subscriptionArn, outputs: { arn: subscriptionArn } };
    },
    remove: ({ id }) => delivery.unsubscribe(id),
  }),
];
