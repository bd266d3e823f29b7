/** The operations on subscriptions. */
import * as z from "zod";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { unsupported } from "../../../aws-protocol/errors.ts";
import { invalidParameter } from "../errors.ts";
import { describeSubscription, type Subscription } from "../subscriptions.ts";
import type { Topics } from "../topics.ts";
import { attributes, entries, operation, page, pageAt, type Operations } from "./operation.ts";

const topic = { TopicArn: z.string() };
const subscription = { SubscriptionArn: z.string() };

/** The operations over `topics`, by AWS's name. */
export function subscriptionOperations(
  topics: Topics,
  { region, account }: AwsEnvironment,
): Operations {
  function listed(found: readonly Subscription[], NextToken: string | undefined) {
    const { items, nextToken } = pageAt(found, NextToken);
    const member = items.map((one) => ({
      SubscriptionArn: one.arn,
      Owner: account,
      Protocol: one.protocol,
      Endpoint: one.endpoint,
      TopicArn: one.topicArn,
    }));
    return { Subscriptions: { member }, NextToken: nextToken };
  }

  return {
    Subscribe: operation(
      z.strictObject({
        ...topic,
        Protocol: z.string(),
        Endpoint: z.string().default(""),
        Attributes: attributes,
        ReturnSubscriptionArn: z.enum(["true", "false"]).optional(),
      }),
      ({ TopicArn, Protocol, Endpoint, Attributes }) => {
        if (Protocol !== "sqs") {
          throw unsupported(`sns:Subscribe with the protocol ${Protocol}`, "InvalidParameter");
        }
        if (!new RegExp(`^arn:aws:sqs:${region}:${account}:[\\w-]{1,80}$`).test(Endpoint)) {
          throw invalidParameter("SQS endpoint ARN");
        }
        const { arn } = topics.subscribe({
          topicArn: TopicArn,
          protocol: Protocol,
          endpoint: Endpoint,
          attributes: Attributes,
        });
        return { SubscriptionArn: arn };
      },
    ),

    Unsubscribe: operation(z.strictObject(subscription), ({ SubscriptionArn }) => {
      topics.unsubscribe(SubscriptionArn);
      return undefined;
    }),

    ListSubscriptions: operation(z.strictObject(page), ({ NextToken }) =>
      listed(topics.subscriptions(), NextToken),
    ),

    ListSubscriptionsByTopic: operation(
      z.strictObject({ ...topic, ...page }),
      ({ TopicArn, NextToken }) => {
        const { arn } = topics.get(TopicArn);
        const found = topics.subscriptions().filter(({ topicArn }) => topicArn === arn);
        return listed(found, NextToken);
      },
    ),

    GetSubscriptionAttributes: operation(z.strictObject(subscription), ({ SubscriptionArn }) => {
      const found = topics.getSubscription(SubscriptionArn);
      return { Attributes: entries(describeSubscription(found, account)) };
    }),

    SetSubscriptionAttributes: operation(
      z.strictObject({
        ...subscription,
        AttributeName: z.string(),
        AttributeValue: z.string().default(""),
      }),
      ({ SubscriptionArn, AttributeName, AttributeValue }) => {
        topics.setSubscriptionAttributes(SubscriptionArn, { [AttributeName]: AttributeValue });
        return undefined;
      },
    ),
  };
}
