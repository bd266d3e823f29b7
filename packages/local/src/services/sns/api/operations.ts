/** The operations of SNS but Publish and PublishBatch. */
import * as z from "zod";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { AwsError, unsupported } from "../../../aws-protocol/errors.ts";
import { pageOf, type Page } from "../../../aws-protocol/paging.ts";
import { mayAddTags, tagKey, tagValue } from "../../sqs/tags.ts";
import { invalidParameter } from "../errors.ts";
import { describeSubscription, type Attributes, type Subscription } from "../subscriptions.ts";
import type { Topic, Topics } from "../topics.ts";
import { listOf, operation, type Operations } from "./operation.ts";

const attributes = z.record(z.string(), z.string()).default({});
const tag = z.strictObject({ Key: tagKey, Value: tagValue });
const tagList = listOf(tag);
const page = { NextToken: z.string().optional() };
const topic = { TopicArn: z.string() };
const subscription = { SubscriptionArn: z.string() };
const resource = { ResourceArn: z.string() };

/** Entries of a page of a list (documented: SNS-API/ListTopics, SNS-API/ListSubscriptions). */
const pageSize = 100;

/** The operations over `topics`, by AWS's name. */
export function topicOperations(topics: Topics, { region, account }: AwsEnvironment): Operations {
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
    CreateTopic: operation(
      z.strictObject({ Name: z.string(), Attributes: attributes, Tags: tagList }),
      ({ Name, Attributes, Tags }) => {
        // Before anything is created.
        addTags(new Map(), Tags);
        const created = topics.create(Name, Attributes);
        addTags(created.tags, Tags);
        return { TopicArn: created.arn };
      },
    ),

    DeleteTopic: operation(z.strictObject(topic), ({ TopicArn }) => {
      topics.delete(TopicArn);
      return undefined;
    }),

    ListTopics: operation(z.strictObject(page), ({ NextToken }) => {
      const { items, nextToken } = pageAt(topics.list(), NextToken);
      const member = items.map(({ arn }) => ({ TopicArn: arn }));
      return { Topics: { member }, NextToken: nextToken };
    }),

    GetTopicAttributes: operation(z.strictObject(topic), ({ TopicArn }) => {
      const { arn, attributes: own } = topics.get(TopicArn);
      const confirmed = topics.subscriptions().filter(({ topicArn }) => topicArn === arn).length;
      return {
        Attributes: entries({
          TopicArn: arn,
          Owner: account,
          DisplayName: "",
          SubscriptionsConfirmed: String(confirmed),
          SubscriptionsPending: "0",
          SubscriptionsDeleted: "0",
          ...own,
        }),
      };
    }),

    SetTopicAttributes: operation(
      z.strictObject({
        ...topic,
        AttributeName: z.string(),
        AttributeValue: z.string().default(""),
      }),
      ({ TopicArn, AttributeName, AttributeValue }) => {
        topics.setAttributes(TopicArn, { [AttributeName]: AttributeValue });
        return undefined;
      },
    ),

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

    TagResource: operation(
      z.strictObject({ ...resource, Tags: tagList }),
      ({ ResourceArn, Tags }) => {
        addTags(taggable(topics, ResourceArn).tags, Tags);
        return {};
      },
    ),

    UntagResource: operation(
      z.strictObject({ ...resource, TagKeys: listOf(z.string()) }),
      ({ ResourceArn, TagKeys }) => {
        const found = taggable(topics, ResourceArn);
        for (const key of TagKeys) found.tags.delete(key);
        return {};
      },
    ),

    ListTagsForResource: operation(z.strictObject(resource), ({ ResourceArn }) => {
      const found = [...taggable(topics, ResourceArn).tags];
      return { Tags: { member: found.map(([Key, Value]) => ({ Key, Value })) } };
    }),
  };
}

function pageAt<T>(all: readonly T[], token: string | undefined): Page<T> {
  return pageOf(all, pageSize, token, "InvalidParameter");
}

/** A map in an output. */
function entries(map: Attributes) {
  return { entry: Object.entries(map).map(([key, value]) => ({ key, value })) };
}

function taggable(topics: Topics, arn: string): Topic {
  const found = topics.list().find((one) => one.arn === arn);
  if (found === undefined) throw new AwsError("ResourceNotFound", "Resource does not exist", 404);
  return found;
}

function addTags(tags: Map<string, string>, added: readonly z.infer<typeof tag>[]): void {
  const keys = added.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) throw invalidParameter("Duplicated keys are not allowed.");
  if (!mayAddTags(tags, keys)) {
    const text = "Could not complete request: tag quota of per resource exceeded";
    throw new AwsError("TagLimitExceeded", text);
  }
  for (const { Key, Value } of added) tags.set(Key, Value);
}
