/** aws:sns: topics and who may publish to them. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { limitationsOf, type Limitation } from "../../../provider/limitations.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import {
  conditionLimitations,
  policyText,
  resourcePolicy,
} from "../../iam/resources/policy-document.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { Topics } from "../topics.ts";

const feedbackLimitation = {
  service: "SNS",
  text: "the delivery status is logged of functions only",
};

const sampleRate = z.int().min(0).max(100).optional();

/** Delivery status logging of queues. */
const queueFeedback = {
  sqsFailureFeedbackRoleArn: z.string().optional(),
  sqsSuccessFeedbackRoleArn: z.string().optional(),
  sqsSuccessFeedbackSampleRate: sampleRate,
};

const topicInputs = z.strictObject({
  name: z.string().optional(),
  fifoTopic: z.literal(false, "the local cloud supports only standard topics").optional(),
  displayName: z.string().max(100).optional(),
  kmsMasterKeyId: z.string().optional(),
  policy: resourcePolicy.optional(),
  signatureVersion: z.literal([1, 2]).optional(),
  tracingConfig: z.enum(["Active", "PassThrough"]).optional(),
  lambdaFailureFeedbackRoleArn: z.string().optional(),
  lambdaSuccessFeedbackRoleArn: z.string().optional(),
  lambdaSuccessFeedbackSampleRate: sampleRate,
  ...queueFeedback,
});

type TopicInputs = z.infer<typeof topicInputs>;

/** The resource types of aws:sns, subscriptions aside. */
export const snsResources = (topics: Topics, { account }: AwsEnvironment) => [
  replacedWhen(
    ["name"],
    defineResource({
      type: "aws:sns/topic:Topic",
      inputs: topicInputs,
      limitations: topicLimitations,
      apply: (inputs, context) => {
        const name = nameOf(inputs.name, context);
        const arn = context.previous?.id ?? topics.create(name).arn;
        topics.setAttributes(arn, attributesOf(inputs));
        return { id: arn, outputs: { arn, name, owner: account } };
      },
      remove: ({ id }) => topics.delete(id),
    }),
  ),
  replacedWhen(
    ["arn"],
    defineResource({
      type: "aws:sns/topicPolicy:TopicPolicy",
      inputs: z.strictObject({ arn: z.string(), policy: resourcePolicy }),
      limitations: ({ policy }) => conditionLimitations(policy),
      apply: ({ arn, policy }) => {
        topics.setAttributes(arn, { Policy: policyText(policy) });
        return { id: arn, outputs: { owner: account } };
      },
      remove: ({ id }) => topics.setAttributes(id, { Policy: "" }),
    }),
  ),
];

function topicLimitations(inputs: TopicInputs): Limitation[] {
  const { policy, signatureVersion } = inputs;
  const sentences = limitationsOf(
    [
      signatureVersion !== undefined,
      { service: "SNS", text: "signatures of messages are not valid" },
    ],
    [Object.keys(queueFeedback).some((key) => key in inputs), feedbackLimitation],
  );
  return [...sentences, ...conditionLimitations(policy)];
}

/** An empty attribute takes one away that was there before. */
function attributesOf({ policy, ...inputs }: TopicInputs): Record<string, string> {
  return {
    DisplayName: inputs.displayName ?? "",
    KmsMasterKeyId: inputs.kmsMasterKeyId ?? "",
    SignatureVersion: String(inputs.signatureVersion ?? 1),
    LambdaFailureFeedbackRoleArn: inputs.lambdaFailureFeedbackRoleArn ?? "",
    LambdaSuccessFeedbackRoleArn: inputs.lambdaSuccessFeedbackRoleArn ?? "",
    LambdaSuccessFeedbackSampleRate: String(inputs.lambdaSuccessFeedbackSampleRate ?? ""),
    TracingConfig: inputs.tracingConfig ?? "PassThrough",
    // Left out, it stays as a TopicPolicy beside the topic has set it.
    ...(policy === undefined ? {} : { Policy: policyText(policy) }),
  };
}
