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
      SubscriptionArn: one.isPending ? "PendingConfirmation" : one.arn,
      Owner: account,
      Protocol: one.protocol,
      Endpoint: one.endpoint,
      TopicArn: one.topicArn,
    }));
    return { Subscriptions: { member }, NextToken: nextToken };
  }

  function checkEndpoint(protocol: "sqs" | "email" | "email-json", endpoint: string): void {
    const queue = new RegExp(`^arn:aws:sqs:${region}:${account}:[\\w-]{1,80}$`);
    if (protocol === "sqs" && !queue.test(endpoint)) throw invalidParameter("SQS endpoint ARN");
    const address = /^[^\s@]{1,64}@[^\s@]{1,255}$/;
    if (protocol !== "sqs" && !address.test(endpoint)) throw invalidParameter("Email address");
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
      ({ TopicArn, Protocol: protocol, Endpoint: endpoint, ReturnSubscriptionArn, Attributes }) => {
        if (protocol !== "sqs" && protocol !== "email" && protocol !== "email-json") {
          throw unsupported(`sns:Subscribe with the protocol ${protocol}`, "InvalidParameter");
        }
        checkEndpoint(protocol, endpoint);
        const { arn, isPending } = topics.subscribe({
          topicArn: TopicArn,
          protocol,
          endpoint,
          attributes: Attributes,
        });
        // Documented: SNS-API/Subscribe.
        const isHidden = isPending && ReturnSubscriptionArn !== "true";
        return { SubscriptionArn: isHidden ? "pending confirmation" : arn };
      },
    ),

    ConfirmSubscription: operation(
      z.strictObject({ ...topic, Token: z.string().min(1) }),
      ({ TopicArn, Token }) => ({ SubscriptionArn: topics.confirm(TopicArn, Token).arn }),
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
