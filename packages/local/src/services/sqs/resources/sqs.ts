/** aws:sqs: standard queues and who may use them. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import {
  conditionLimitations,
  jsonObjectText,
  jsonText,
  policyText,
  resourcePolicy,
} from "../../iam/resources/policy-document.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { Queues } from "../queues.ts";

const redrivePolicy = jsonText(
  z.strictObject({
    deadLetterTargetArn: z.string().startsWith("arn:aws:sqs:"),
    maxReceiveCount: z.coerce.number().int().min(1).max(1000),
  }),
  '{"deadLetterTargetArn": ARN of a queue, "maxReceiveCount": 1 to 1000}',
);

const onlyStandard = "the local cloud supports only standard queues";

/** Sizes are bytes. Limits and defaults: documented, SQS-API/CreateQueue. */
const queueInputs = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]{1,80}$/, "expected up to 80 letters, digits, hyphens and underscores")
    .optional(),
  fifoQueue: z.literal(false, onlyStandard).optional(),
  contentBasedDeduplication: z.literal(false, onlyStandard).optional(),
  delaySeconds: z.int().min(0).max(900).default(0),
  maxMessageSize: z.int().min(1024).max(1_048_576).default(1_048_576),
  messageRetentionSeconds: z.int().min(60).max(1_209_600).default(345_600),
  receiveWaitTimeSeconds: z.int().min(0).max(20).default(0),
  visibilityTimeoutSeconds: z.int().min(0).max(43_200).default(30),
  kmsMasterKeyId: z.string().optional(),
  kmsDataKeyReusePeriodSeconds: z.int().min(60).max(86_400).default(300),
  sqsManagedSseEnabled: z.boolean().optional(),
  policy: resourcePolicy.optional(),
  redrivePolicy: redrivePolicy.optional(),
  redriveAllowPolicy: jsonObjectText.optional(),
});

/** The resource types of aws:sqs. */
export const sqsResources = (queues: Queues, { region, account }: AwsEnvironment) => {
  const arnOf = (queueUrl: string) =>
    `arn:aws:sqs:${region}:${account}:${queueUrl.split("/").at(-1) ?? ""}`;
  return [
    replacedWhen(
      ["name"],
      defineResource({
        type: "aws:sqs/queue:Queue",
        inputs: queueInputs,
        limitations: ({ policy }) => conditionLimitations(policy),
        apply: (inputs, context) => {
          const name = nameOf(inputs.name, context);
          const attributes = attributesOf(inputs);
          const url = context.previous?.id;
          if (url === undefined) {
            const queue = queues.create(name, attributes);
            return { id: queue.url, outputs: { ...queue, name } };
          }
          queues.setAttributes(arnOf(url), attributes);
          return { id: url, outputs: { arn: arnOf(url), url, name } };
        },
        remove: ({ id }) => queues.delete(arnOf(id)),
      }),
    ),
    replacedWhen(
      ["queueUrl"],
      defineResource({
        type: "aws:sqs/queuePolicy:QueuePolicy",
        inputs: z.strictObject({ queueUrl: z.string(), policy: resourcePolicy }),
        limitations: ({ policy }) => conditionLimitations(policy),
        apply: ({ queueUrl, policy }) => {
          queues.setAttributes(arnOf(queueUrl), { Policy: policyText(policy) });
          return { id: queueUrl, outputs: {} };
        },
        remove: ({ id }) => queues.setAttributes(arnOf(id), { Policy: "" }),
      }),
    ),
    replacedWhen(
      ["queueUrl"],
      defineResource({
        type: "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
        inputs: z.strictObject({ queueUrl: z.string(), redriveAllowPolicy: jsonObjectText }),
        apply: ({ queueUrl, redriveAllowPolicy }) => {
          queues.setAttributes(arnOf(queueUrl), { RedriveAllowPolicy: redriveAllowPolicy });
          return { id: queueUrl, outputs: {} };
        },
        remove: ({ id }) => queues.setAttributes(arnOf(id), { RedriveAllowPolicy: "" }),
      }),
    ),
  ];
};

/** Every attribute that an input sets, so that one which is left out later has its default again. */
function attributesOf(inputs: z.infer<typeof queueInputs>): Record<string, string> {
  const { kmsMasterKeyId, policy, redriveAllowPolicy } = inputs;
  return {
    DelaySeconds: String(inputs.delaySeconds),
    MaximumMessageSize: String(inputs.maxMessageSize),
    MessageRetentionPeriod: String(inputs.messageRetentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(inputs.receiveWaitTimeSeconds),
    VisibilityTimeout: String(inputs.visibilityTimeoutSeconds),
    KmsMasterKeyId: kmsMasterKeyId ?? "",
    KmsDataKeyReusePeriodSeconds: String(inputs.kmsDataKeyReusePeriodSeconds),
    SqsManagedSseEnabled: String(inputs.sqsManagedSseEnabled ?? kmsMasterKeyId === undefined),
    RedrivePolicy: inputs.redrivePolicy ?? "",
    // Left out, they stay as a QueuePolicy or RedriveAllowPolicy beside the queue has set them.
    ...(policy === undefined ? {} : { Policy: policyText(policy) }),
    ...(redriveAllowPolicy === undefined ? {} : { RedriveAllowPolicy: redriveAllowPolicy }),
  };
}
