/** Limits of topics, queues, secrets and keys. */
import * as z from "zod";
import { bytes, inputs, text, whole, type Limits } from "./checks.ts";
import { readStatements } from "../statements.ts";

/** Documented: SQS/quotas-policies. */
const queuePolicy = bytes(8_192)
  .refine((policy) => (readStatements(policy) ?? []).length <= 20, {
    error: "must have at most 20 statements",
  })
  .refine(
    (policy) => (readStatements(policy) ?? []).every(({ Action = [] }) => Action.length <= 7),
    { error: "must have at most 7 actions in a statement" },
  );

/** By type. */
export const messaging: Limits = {
  /** Name: SNS-API/CreateTopic. */
  "aws:sns/topic:Topic": inputs({
    name: text(256, /^[\w-]+$/),
    displayName: z.string().max(100),
    lambdaSuccessFeedbackSampleRate: whole(0, 100),
  }),
  /** The size is assumed. */
  "aws:sns/topicPolicy:TopicPolicy": inputs({ policy: bytes(30_720) }),
  "aws:sns/topicSubscription:TopicSubscription": inputs({
    protocol: z.enum(["email", "email-json", "http", "https", "lambda", "sqs", "firehose"]),
  }),
  /** Documented: SQS-API/CreateQueue. */
  "aws:sqs/queue:Queue": inputs({
    name: text(80, /^[\w-]+$/),
    delaySeconds: whole(0, 900),
    maxMessageSize: whole(1_024, 1_048_576),
    messageRetentionSeconds: whole(60, 1_209_600),
    receiveWaitTimeSeconds: whole(0, 20),
    visibilityTimeoutSeconds: whole(0, 43_200),
    kmsDataKeyReusePeriodSeconds: whole(60, 86_400),
    policy: queuePolicy,
  }),
  "aws:sqs/queuePolicy:QueuePolicy": inputs({ policy: queuePolicy }),
  /** After a hyphen and six characters it would look like an ARN's end (SECRETS-API/CreateSecret). */
  "aws:secretsmanager/secret:Secret": inputs({
    name: text(512, /^[\w/+=.@-]+$/).regex(/^(?!.*-\w{6}$)/, {
      error: "must not end in a hyphen and six characters",
    }),
    description: z.string().max(2_048),
    recoveryWindowInDays: z.union([z.literal(0), whole(7, 30)]),
    policy: bytes(20_480),
  }),
  "aws:secretsmanager/secretVersion:SecretVersion": inputs({ secretString: bytes(65_536) }),
  "aws:secretsmanager/secretPolicy:SecretPolicy": inputs({ policy: bytes(20_480) }),
  /** Policy: KMS/resource-limits. */
  "aws:kms/key:Key": inputs({
    description: z.string().max(8_192),
    deletionWindowInDays: whole(7, 30),
    rotationPeriodInDays: whole(90, 2_560),
    policy: bytes(32_768),
  }),
  "aws:kms/alias:Alias": inputs({ name: text(256, /^alias\/(?!aws\/)[\w:/-]+$/) }),
};
