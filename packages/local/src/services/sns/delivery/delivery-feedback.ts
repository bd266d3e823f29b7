/**
 * SNS's own log of deliveries to functions: every failed one, and a sample of the others, each by a role
 * that the topic names. Groups, roles and permissions: documented, SNS/sns-topic-attributes and
 * SNS/topics-attrib-prereq.
 */
import { createHash, randomUUID } from "node:crypto";
import type { AwsError } from "../../../aws-protocol/errors.ts";
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import { roleAllows } from "../../iam/authorize.ts";
import type { Roles } from "../../iam/roles.ts";
import type { Notification } from "../notification.ts";
import type { Attributes, Subscription } from "../subscriptions.ts";

/** How a delivery ended: Lambda took the event, or refused it. */
export type DeliveryOutcome = { readonly requestId: string } | AwsError;

/** Logs how a delivery to a function ended, where its topic says so. */
export type DeliveryFeedback = (
  subscription: Subscription,
  notification: Notification,
  outcome: DeliveryOutcome,
) => void;

/** What the log is written with. */
export interface FeedbackOptions {
  readonly topicAttributes: (topicArn: string) => Attributes;
  readonly roles: Roles;
  readonly logs: LogGroups;
  readonly now: () => number;
  /** From 0 to below 1, for the sample. */
  readonly random?: () => number;
}

/** Creates the log. What the role may not write is lost (assumed). */
export function createDeliveryFeedback(options: FeedbackOptions): DeliveryFeedback {
  const { topicAttributes, roles, logs, now, random = Math.random } = options;
  const stream = randomUUID();

  function mayWrite(roleArn: string, group: string, [region, account]: readonly string[]): boolean {
    const resource = `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${stream}`;
    const exists = logs.createdAt(group) !== undefined;
    const actions = ["CreateLogStream", "PutLogEvents", ...(exists ? [] : ["CreateLogGroup"])];
    return actions.every((action) =>
      roleAllows(roles, roleArn, { action: `logs:${action}`, resource }),
    );
  }

  return ({ topicArn, endpoint }, notification, outcome) => {
    const attributes = topicAttributes(topicArn);
    const isSuccess = "requestId" in outcome;
    const roleArn = attributes[`Lambda${isSuccess ? "Success" : "Failure"}FeedbackRoleArn`];
    const rate = isSuccess ? Number(attributes["LambdaSuccessFeedbackSampleRate"] ?? 0) : 100;
    if (!roleArn || random() * 100 >= rate) return;
    const place = topicArn.split(":").slice(3);
    const group = ["sns", ...place, ...(isSuccess ? [] : ["Failure"])].join("/");
    if (!mayWrite(roleArn, group, place)) return;
    const timestamp = now();
    const message = JSON.stringify(recordOf(endpoint, notification, outcome, timestamp));
    logs.write({ group, stream, timestamp, message });
  };
}

/**
 * A line of the log. Its form is reported (medium.com/metalab-tech) of a message that was delivered; what
 * it says of one that was not is assumed. The hash is one of the message, which may be short.
 */
function recordOf(
  destination: string,
  { id, topicArn, message, publishedAt }: Notification,
  outcome: DeliveryOutcome,
  endedAt: number,
) {
  const answer =
    "requestId" in outcome
      ? { lambdaRequestId: outcome.requestId }
      : { ErrorCode: outcome.code, ErrorMessage: outcome.message };
  return {
    notification: {
      messageMD5Sum: createHash("md5").update(message).digest("hex"),
      messageId: id,
      topicArn,
      timestamp: new Date(publishedAt).toISOString().replace("T", " ").replace("Z", ""),
    },
    delivery: {
      deliveryId: randomUUID(),
      destination,
      providerResponse: JSON.stringify(answer),
      dwellTimeMs: endedAt - publishedAt,
      statusCode: "requestId" in outcome ? 202 : outcome.status,
    },
    status: "requestId" in outcome ? "SUCCESS" : "FAILURE",
  };
}
