/** The attributes of queues (documented: SQS-API/CreateQueue, SQS-API/SetQueueAttributes). */
import * as z from "zod";
import { unsupported } from "../../aws-protocol/errors.ts";
import { problemWithResourcePolicy } from "../iam/policy.ts";
import { sqsError } from "./errors.ts";

/** Attributes in AWS's spelling (`KmsMasterKeyId`, `RedrivePolicy` …). */
export type Attributes = Readonly<Record<string, string>>;

/** What a queue has that was not given others. */
export const defaultAttributes: Attributes = {
  VisibilityTimeout: "30",
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  SqsManagedSseEnabled: "true",
};

const integer = (least: number, most: number) => (text: string) =>
  /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
    ? undefined
    : `Must be between ${least} and ${most}.`;

/** A JSON text of a schema; an empty one takes the attribute away. */
const json = (schema: z.ZodType) => (text: string) =>
  text === "" || schema.safeParse(parsed(text)).success
    ? undefined
    : "It is not the JSON expected.";

const redrivePolicy = z.strictObject({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

const redriveAllowPolicy = z.discriminatedUnion("redrivePermission", [
  z.strictObject({ redrivePermission: z.enum(["allowAll", "denyAll"]) }),
  z.strictObject({
    redrivePermission: z.literal("byQueue"),
    sourceQueueArns: z.array(z.string()).min(1).max(10),
  }),
]);

/** What is wrong with the value of each attribute that can be set. */
const settable = new Map<string, (text: string) => string | undefined>([
  ["VisibilityTimeout", integer(0, 43_200)],
  ["DelaySeconds", integer(0, 900)],
  ["MaximumMessageSize", integer(1024, 1_048_576)],
  ["MessageRetentionPeriod", integer(60, 1_209_600)],
  ["ReceiveMessageWaitTimeSeconds", integer(0, 20)],
  ["KmsDataKeyReusePeriodSeconds", integer(60, 86_400)],
  ["KmsMasterKeyId", () => undefined],
  [
    "SqsManagedSseEnabled",
    (text) => (/^(?:true|false)$/.test(text) ? undefined : "Must be true or false."),
  ],
  ["Policy", (text) => (text === "" ? undefined : problemWithResourcePolicy(text))],
  ["RedrivePolicy", json(redrivePolicy)],
  ["RedriveAllowPolicy", json(redriveAllowPolicy)],
]);

/** Characters of a value (documented for policies: SQS/quotas-policies). */
const longest = 8192;

const ofFifoQueues = [
  "FifoQueue",
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "FifoThroughputLimit",
];

/** The attributes that a queue reports of itself. */
const reported = [
  "QueueArn",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
];

/** Checks what attributes are set to. @throws AwsError */
export function checkQueueAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (ofFifoQueues.includes(name)) {
      throw unsupported(`FIFO queues (${name})`, "InvalidAttributeName");
    }
    const check = settable.get(name);
    if (check === undefined) throw unknownAttribute(name);
    const reason = value.length > longest ? "It is too long." : check(value);
    if (reason !== undefined) {
      const message = `Invalid value for the parameter ${name}. Reason: ${reason}`;
      throw sqsError("InvalidAttributeValue", message);
    }
  }
}

/** Checks the names of attributes that are asked for. @throws AwsError */
export function checkAttributeNames(names: readonly string[]): void {
  const known = ["All", ...reported, ...settable.keys(), ...ofFifoQueues];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
}

/** The error for an attribute that queues or messages do not have. */
export function unknownAttribute(name: string) {
  return sqsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
}

/** What a queue's redrive policy says; undefined without one. */
export function redrivePolicyOf({ RedrivePolicy = "" }: Attributes) {
  return RedrivePolicy === "" ? undefined : redrivePolicy.parse(JSON.parse(RedrivePolicy));
}

/** Whether a queue accepts a source as its dead-letter queue; every source by default. */
export function allowsSource({ RedriveAllowPolicy = "" }: Attributes, sourceArn: string): boolean {
  if (RedriveAllowPolicy === "") return true;
  const policy = redriveAllowPolicy.parse(JSON.parse(RedriveAllowPolicy));
  return policy.redrivePermission === "byQueue"
    ? policy.sourceQueueArns.includes(sourceArn)
    : policy.redrivePermission === "allowAll";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
