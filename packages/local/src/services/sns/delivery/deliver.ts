/** Delivers one message of a topic to a subscriber, or moves it to the dead-letter queue. */
import { AwsError } from "../../../aws-protocol/errors.ts";
import { snsFor, type Principal } from "../../iam/principal.ts";
import type { LambdaService } from "../../lambda/ports.ts";
import type { ReportStep } from "../../../requests/step.ts";
import type { DeadLetter } from "../../sqs/dead-letter.ts";
import type { NewMessage } from "../../sqs/message.ts";
import { notificationMail, type TopicMail } from "../mail.ts";
import type { TopicMetrics } from "../metrics.ts";
import { envelope, lambdaEvent, type Notification } from "../notification.ts";
import { isByMail, type Subscription } from "../subscriptions.ts";
import type { DeliveryFeedback } from "./delivery-feedback.ts";
import type { DeliveryStatusLog } from "./delivery-status-log.ts";

/** The service principal that a function's permissions name. */
const PRINCIPAL = "sns.amazonaws.com";

/** The dependencies of `deliver`. */
export interface DeliverOptions {
  readonly lambda: Pick<LambdaService, "invokeAsync" | "isAllowed">;
  /** @throws AwsError when the queue does not accept the message */
  readonly send: (queueArn: string, message: NewMessage, sender: Principal) => unknown;
  /** @throws AwsError when the queue does not accept the message */
  readonly sendDeadLetter: (letter: DeadLetter, message: NewMessage, sender: Principal) => unknown;
  readonly sendMail: (mail: TopicMail) => void;
  /** @throws to reject what a topic sends to a queue */
  readonly authorize: (topicArn: string, queueArn: string) => void;
  readonly statusLog: DeliveryStatusLog;
  readonly feedback: DeliveryFeedback;
  readonly metrics: TopicMetrics;
  /** Receives each delivery that is not tried again as a step. */
  readonly report: ReportStep;
}

/**
 * Invokes the function asynchronously, or sends to the queue or the mailbox. A message that can never
 * be delivered is not retried, as SNS does with client errors (SNS/sns-dead-letter-queues): it goes to
 * the redrive policy's queue, or is dropped with a line in the log. Throws when something else failed
 * and the message must be delivered again.
 */
export function deliver(
  options: DeliverOptions,
  subscription: Subscription,
  notification: Notification,
): void {
  const { lambda, send, sendDeadLetter, sendMail, authorize, metrics, report } = options;
  const { topicArn, protocol, endpoint, deadLetterQueueArn } = subscription;
  const message = messageFor(subscription, notification);
  const sender = snsFor(topicArn);
  const startedAt = performance.now();
  let requestId = "";
  const refusal = refusalOf(() => {
    if (protocol === "sqs") {
      authorize(topicArn, endpoint);
      send(endpoint, message, sender);
      return;
    }
    if (isByMail(protocol)) {
      sendMail(notificationMail(subscription, notification));
      return;
    }
    if (!lambda.isAllowed(endpoint, PRINCIPAL, topicArn)) throw mayNotInvoke();
    const event = JSON.stringify(lambdaEvent(notification, subscription.arn));
    const { traceHeader: trace = "" } = notification;
    ({ requestId } = lambda.invokeAsync(endpoint, event, { trace }));
  });
  const problem = refusal?.message;
  report({
    layer: "delivery",
    name: topicArn.split(":").at(-1) ?? topicArn,
    outcome: problem === undefined ? "passed" : "refused",
    reason: problem,
    // An address of e-mail is personal.
    facts: { protocol, ...(!isByMail(protocol) && { endpoint }), messageId: notification.id },
    startedAt,
  });
  if (protocol === "lambda") {
    options.feedback(subscription, notification, refusal ?? { requestId });
  }
  if (problem === undefined) {
    metrics.delivered(topicArn);
    return;
  }
  metrics.failed(topicArn);
  const log = (text: string): void => options.statusLog.write(subscription, text, notification.id);
  if (deadLetterQueueArn === undefined) {
    log(`A message is dropped: ${problem}, and there is no redrive policy.`);
    return;
  }
  const rejection = refusalOf(() => {
    authorize(topicArn, deadLetterQueueArn);
    const reason = `not delivered: ${problem}`;
    const letter = { queueArn: deadLetterQueueArn, sourceArn: topicArn, reason };
    sendDeadLetter(letter, message, sender);
  });
  if (rejection === undefined) {
    metrics.redriven(topicArn);
    log(`A message was sent to ${deadLetterQueueArn}: ${problem}.`);
    return;
  }
  metrics.notRedriven(topicArn);
  log(
    `A message is dropped: ${problem}, and ${deadLetterQueueArn} rejected it: ${rejection.message}`,
  );
}

/**
 * What a queue gets, as its endpoint or as its dead letter (recorded: LocalStack
 * test_redrive_policy_lambda_subscription, test_redrive_policy_sqs_queue_subscription).
 */
function messageFor({ arn, isRaw }: Subscription, notification: Notification): NewMessage {
  const { message, attributes, groupId, traceHeader } = notification;
  return isRaw
    ? { body: message, attributes, groupId, traceHeader }
    : { body: envelope(notification, arn), attributes: {}, groupId, traceHeader };
}

function mayNotInvoke() {
  const problem = "the function does not exist, or the topic has no permission to invoke it";
  return new AwsError("AccessDenied", problem);
}

/** The client error of an attempt; undefined when it succeeded. Throttling is none. */
function refusalOf(attempt: () => void): AwsError | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof AwsError && error.status < 500 && error.status !== 429) {
      return error;
    }
    throw error;
  }
}
