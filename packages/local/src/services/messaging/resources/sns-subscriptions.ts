/** aws:sns: subscriptions of functions, queues and e-mail addresses. */
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { limitationsOf } from "../../../provider/limitations.ts";
import { jsonObjectText, jsonText } from "../../iam/resources/policy-document.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { Topics } from "../topics.ts";
import type { Delivery } from "../delivery/delivery.ts";

const common = {
  topic: z.string(),
  filterPolicy: jsonObjectText.optional(),
  filterPolicyScope: z.enum(["MessageAttributes", "MessageBody"]).optional(),
  redrivePolicy: jsonText(
    z.strictObject({ deadLetterTargetArn: z.string().startsWith("arn:aws:sqs:") }),
    '{"deadLetterTargetArn": ARN of a queue}',
  ).optional(),
};

/** Raw delivery is for queues only (documented: SNS/sns-large-payload-raw-message-delivery). */
const subscriptionInputs = z.discriminatedUnion("protocol", [
  z.strictObject({
    ...common,
    protocol: z.literal("lambda"),
    endpoint: z.string().startsWith("arn:aws:lambda:"),
  }),
  z.strictObject({
    ...common,
    protocol: z.literal("sqs"),
    endpoint: z.string().startsWith("arn:aws:sqs:"),
    rawMessageDelivery: z.boolean().default(false),
  }),
  z.strictObject({ ...common, protocol: z.enum(["email", "email-json"]), endpoint: z.email() }),
]);

type SubscriptionInputs = z.infer<typeof subscriptionInputs>;

interface SubscriptionStores {
  readonly topics: Topics;
  readonly delivery: Delivery;
}

/** The type of subscriptions; one that changes keeps its ARN, and what waits for delivery. */
export const snsSubscriptionResources = ({ topics, delivery }: SubscriptionStores) => {
  async function apply(inputs: SubscriptionInputs, standing: string | undefined): Promise<string> {
    const { topic: topicArn, endpoint, protocol, ...policies } = inputs;
    if (protocol === "lambda") {
      if (standing !== undefined) {
        await delivery.update(standing, policies);
        return standing;
      }
      const made = await delivery.subscribe({ topicArn, functionArn: endpoint, ...policies });
      return made.subscriptionArn;
    }
    if (protocol === "sqs") {
      const attributes = queueAttributes(inputs);
      if (standing !== undefined) {
        await topics.setSubscriptionAttributes(standing, attributes);
        return standing;
      }
      return (await topics.subscribeQueue(topicArn, endpoint, attributes)).subscriptionArn;
    }
    return standing ?? `${topicArn}:${randomUUID()}`;
  }

  return [
    replacedWhen(
      ["topic", "protocol", "endpoint"],
      defineResource({
        type: "aws:sns/topicSubscription:TopicSubscription",
        inputs: subscriptionInputs,
        limitations: ({ protocol, redrivePolicy }) =>
          limitationsOf(
            [
              protocol.startsWith("email"),
              { service: "SNS", text: "no mail is sent to e-mail subscriptions" },
            ],
            [
              protocol === "sqs" && redrivePolicy !== undefined,
              {
                service: "SNS",
                text: "a message for a subscribed queue that is gone is dropped, whatever the redrive policy",
              },
            ],
          ),
        apply: async (inputs, { previous }) => {
          const arn = await apply(inputs, previous?.id);
          const pendingConfirmation = inputs.protocol.startsWith("email");
          return { id: arn, outputs: { arn, pendingConfirmation } };
        },
        remove: async ({ id, outputs }) => {
          if (outputs["protocol"] === "lambda") await delivery.unsubscribe(id);
          else await topics.unsubscribe(id);
        },
      }),
    ),
  ];
};

function queueAttributes(
  inputs: Extract<SubscriptionInputs, { protocol: "sqs" }>,
): Record<string, string> {
  return {
    FilterPolicy: inputs.filterPolicy ?? "",
    FilterPolicyScope: inputs.filterPolicyScope ?? "MessageAttributes",
    RawMessageDelivery: String(inputs.rawMessageDelivery),
  };
}
