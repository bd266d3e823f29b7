/** The operations on topics, and on their tags. */
import * as z from "zod";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { AwsError } from "../../../aws-protocol/errors.ts";
import { mayAddTags, tagKey, tagValue } from "../../sqs/tags.ts";
import { invalidParameter } from "../errors.ts";
import type { Topic, Topics } from "../topics.ts";
import {
  attributes,
  entries,
  listOf,
  operation,
  page,
  pageAt,
  type Operations,
} from "./operation.ts";

const tag = z.strictObject({ Key: tagKey, Value: tagValue });
const topic = { TopicArn: z.string() };
const resource = { ResourceArn: z.string() };

/** The operations over `topics`, by AWS's name. */
export function topicOperations(topics: Topics, { account }: AwsEnvironment): Operations {
  return {
    CreateTopic: operation(
      z.strictObject({ Name: z.string(), Attributes: attributes, Tags: listOf(tag).default([]) }),
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
      const subscribed = topics.subscriptions().filter(({ topicArn }) => topicArn === arn);
      const pending = subscribed.filter(({ isPending }) => isPending).length;
      return {
        Attributes: entries({
          TopicArn: arn,
          Owner: account,
          DisplayName: "",
          SubscriptionsConfirmed: String(subscribed.length - pending),
          SubscriptionsPending: String(pending),
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

    TagResource: operation(
      z.strictObject({ ...resource, Tags: listOf(tag) }),
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
