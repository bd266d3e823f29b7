/** The attributes of topics (documented: SNS-API/SetTopicAttributes). */
import { unsupported } from "../../aws-protocol/errors.ts";
import { problemWithResourcePolicy } from "../iam/policy.ts";
import { invalidParameter } from "./errors.ts";
import type { Attributes } from "./subscriptions.ts";

/** An empty text takes the role away. */
const problemWithRole = unless(/^(?:|arn:aws:iam::\d{12}:role\/.+)$/, "it is the ARN of a role");

/** What is wrong with the value of each attribute that can be set. */
const settable = new Map<string, (value: string) => string | undefined>([
  ["DisplayName", unless(/^\P{Cc}{0,100}$/u, "it has at most 100 characters, and no control ones")],
  ["LambdaFailureFeedbackRoleArn", problemWithRole],
  ["LambdaSuccessFeedbackRoleArn", problemWithRole],
  ["LambdaSuccessFeedbackSampleRate", unless(/^(?:|\d{1,2}|100)$/, "it is a percentage")],
  ["KmsMasterKeyId", unless(/^.{0,2048}$/su, "it is too long")],
  ["Policy", problemWithPolicy],
  ["SignatureVersion", unless(/^[12]$/, "it is 1 or 2")],
  ["TracingConfig", unless(/^(?:Active|PassThrough)$/, "it is Active or PassThrough")],
]);

/** Checks what attributes are set to. @throws AwsError InvalidParameter */
export function checkTopicAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const problem = settable.get(name);
    if (problem === undefined) throw unsupported(`the topic attribute ${name}`, "InvalidParameter");
    const reason = problem(value);
    if (reason !== undefined) throw invalidParameter(`Attributes Reason: ${name}: ${reason}`);
  }
}

function unless(pattern: RegExp, reason: string) {
  return (value: string): string | undefined => (pattern.test(value) ? undefined : reason);
}

/** Documented: SNS/sns-access-policy-language-api-permissions-reference. */
const largestPolicy = 30 * 1024;

/** An empty policy takes one away. */
function problemWithPolicy(text: string): string | undefined {
  if (text === "") return undefined;
  if (Buffer.byteLength(text) > largestPolicy) return `it is larger than ${largestPolicy} bytes`;
  return problemWithResourcePolicy(text);
}
