/** aws:sns: subscriptions of functions, queues and e-mail addresses. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { jsonObjectText, jsonText } from "../../iam/resources/policy-document.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { Attributes } from "../subscriptions.ts";
import type { Topics } from "../topics.ts";

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

/** The type of subscriptions; one that changes keeps its ARN, and what waits for delivery. */
export const snsSubscriptionResources = (topics: Topics) => {
  function apply(inputs: SubscriptionInputs, standing: string | undefined): string {
    const { topic: topicArn, endpoint, protocol } = inputs;
    const attributes = attributesOf(inputs);
    if (standing === undefined) {
      return topics.subscribe({ topicArn, protocol, endpoint, attributes }).arn;
    }
    topics.setSubscriptionAttributes(standing, attributes);
    return standing;
  }

  return [
    replacedWhen(
      ["topic", "protocol", "endpoint"],
      defineResource({
        type: "aws:sns/topicSubscription:TopicSubscription",
        inputs: subscriptionInputs,
        apply: (inputs, { previous }) => {
          const arn = apply(inputs, previous?.id);
          const pendingConfirmation = topics.getSubscription(arn).isPending;
          return { id: arn, outputs: { arn, pendingConfirmation } };
        },
        remove: ({ id }) => topics.unsubscribe(id),
      }),
    ),
  ];
};

/** Every attribute, so that one which is left out later has its default again. */
function attributesOf(inputs: SubscriptionInputs): Attributes {
  return {
    FilterPolicy: inputs.filterPolicy ?? "",
    FilterPolicyScope: inputs.filterPolicyScope ?? "MessageAttributes",
    RawMessageDelivery: String(inputs.protocol === "sqs" && inputs.rawMessageDelivery),
    RedrivePolicy: inputs.redrivePolicy ?? "",
  };
}
