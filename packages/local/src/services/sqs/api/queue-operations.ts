/** The operations on queues. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../../aws-protocol/paging.ts";
import { inRange, queueDoesNotExist, required, sqsError } from "../errors.ts";
import { checkAttributeNames } from "../queue-attributes.ts";
import type { Queue } from "../queue.ts";
import type { Queues } from "../queues.ts";
import { mayAddTags, tagKey, tagValue } from "../tags.ts";

const texts = z.record(z.string(), z.string());
const tagsByKey = z
  .record(tagKey, tagValue)
  .refine((tags) => mayAddTags(new Map(), Object.keys(tags)), "A queue has at most 50 tags.");

/** The URL of a queue, as each operation on one has it. */
export const queueUrl = { QueueUrl: z.string().default("") };

/** The queue at a URL. @throws AwsError */
export function queueAt(queues: Queues, url: string): Queue {
  const name = queues.names.nameAt(required("QueueUrl", url));
  if (name === undefined) throw queueDoesNotExist();
  return queues.get(queues.names.arnOf(name));
}

/** The operations, by AWS's name. */
export function queueOperations(queues: Queues, account: string): JsonOperations {
  const { names } = queues;
  const at = (url: string) => queueAt(queues, url);
  return {
    CreateQueue: operation(
      z.strictObject({
        QueueName: z.string(),
        Attributes: texts.default({}),
        tags: tagsByKey.default({}),
      }),
      ({ QueueName, Attributes, tags }) => {
        const { arn, url } = queues.create(QueueName, Attributes);
        addTags(queues.get(arn), tags);
        return { QueueUrl: url };
      },
    ),

    DeleteQueue: operation(z.strictObject(queueUrl), ({ QueueUrl }) => {
      queues.delete(at(QueueUrl).arn);
      return {};
    }),

    GetQueueUrl: operation(
      z.strictObject({
        QueueName: z.string(),
        QueueOwnerAWSAccountId: z.string().default(account),
      }),
      ({ QueueName, QueueOwnerAWSAccountId }) => {
        if (QueueOwnerAWSAccountId !== account) throw queueDoesNotExist();
        queues.get(names.arnOf(QueueName));
        return { QueueUrl: names.urlOf(QueueName) };
      },
    ),

    ListQueues: operation(
      z.strictObject({
        QueueNamePrefix: z.string().default(""),
        MaxResults: z.int().optional(),
        NextToken: z.string().optional(),
      }),
      ({ QueueNamePrefix, MaxResults, NextToken }) => {
        inRange("MaxResults", MaxResults, [1, mostResults]);
        const found = queues.list().filter((name) => name.startsWith(QueueNamePrefix));
        const page = pageOf(found, MaxResults ?? mostResults, NextToken, "InvalidParameterValue");
        const token = MaxResults === undefined ? undefined : page.nextToken;
        return { QueueUrls: page.items.map((name) => names.urlOf(name)), NextToken: token };
      },
    ),

    GetQueueAttributes: operation(
      z.strictObject({ ...queueUrl, AttributeNames: z.array(z.string()).default([]) }),
      ({ QueueUrl, AttributeNames }) => {
        const queue = at(QueueUrl);
        checkAttributeNames(AttributeNames);
        const all = Object.entries(queue.describe());
        const asked = all.filter(
          ([name]) => AttributeNames.includes(name) || AttributeNames.includes("All"),
        );
        return { Attributes: Object.fromEntries(asked) };
      },
    ),

    SetQueueAttributes: operation(
      z.strictObject({ ...queueUrl, Attributes: texts }),
      ({ QueueUrl, Attributes }) => {
        queues.setAttributes(at(QueueUrl).arn, Attributes);
        return {};
      },
    ),

    PurgeQueue: operation(z.strictObject(queueUrl), ({ QueueUrl }) => {
      at(QueueUrl).purge();
      return {};
    }),

    TagQueue: operation(z.strictObject({ ...queueUrl, Tags: tagsByKey }), ({ QueueUrl, Tags }) => {
      addTags(at(QueueUrl), Tags);
      return {};
    }),

    UntagQueue: operation(
      z.strictObject({ ...queueUrl, TagKeys: z.array(z.string()) }),
      ({ QueueUrl, TagKeys }) => {
        const { tags } = at(QueueUrl);
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
    ),

    ListQueueTags: operation(z.strictObject(queueUrl), ({ QueueUrl }) => ({
      Tags: Object.fromEntries(at(QueueUrl).tags),
    })),
  };
}

/** Documented: SQS-API/ListQueues. */
const mostResults = 1000;

function addTags(queue: Queue, tags: Record<string, string>): void {
  if (!mayAddTags(queue.tags, Object.keys(tags))) {
    throw sqsError("InvalidParameterValue", "A queue has too many tags.");
  }
  for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value);
}
