/** Delivers one message of a topic to its function, or moves it to the dead-letter queue. */
import { LambdaError } from "../../lambda/functions/errors.ts";
import type { LambdaService } from "../../lambda/service.ts";
import type { DeliveryStatusLog } from "./delivery-status-log.ts";
import { parseEnvelope, snsEvent, type Envelope } from "./sns-event.ts";

/** The service principal that a function's permissions name. */
const PRINCIPAL = "sns.amazonaws.com";

/** A function's subscription. */
export interface Route {
  readonly subscriptionArn: string;
  readonly topicArn: string;
  readonly functionArn: string;
  /** The redrive policy's queue. */
  readonly deadLetterQueueArn: string | undefined;
}

/** The dependencies of `deliver`. */
interface DeliverOptions {
  readonly lambda: Pick<LambdaService, "invokeAsync" | "isAllowed">;
  /** Sends to a queue on behalf of the topic. Throws when the queue does not accept it. */
  readonly redrive: (topicArn: string, queueArn: string, body: string) => Promise<void>;
  readonly statusLog: DeliveryStatusLog;
}

/**
 * Invokes the function asynchronously. A message that can never be delivered is not retried, as SNS
 * does with client errors (SNS/sns-dead-letter-queues): it goes to the redrive policy's queue, or
 * is dropped with a line in the log. Throws when something else failed and the message must be
 * received again.
 */
export async function deliver(
  { lambda, redrive, statusLog }: DeliverOptions,
  route: Route,
  body: string,
): Promise<void> {
  const envelope = parseEnvelope(body);
  const problem = invoke(lambda, route, envelope);
  if (problem === undefined) return;
  const { topicArn, deadLetterQueueArn } = route;
  const log = (text: string): void => statusLog.write(route, text, envelope?.MessageId);
  if (deadLetterQueueArn === undefined) {
    log(`A message is dropped: ${problem}, and there is no redrive policy.`);
    return;
  }
  try {
    // The unchanged envelope, no attributes (recorded: LocalStack test_redrive_policy_lambda_subscription).
    await redrive(topicArn, deadLetterQueueArn, body);
    log(`A message was sent to ${deadLetterQueueArn}: ${problem}.`);
  } catch (error) {
    log(
      `A message is dropped: ${problem}, and ${deadLetterQueueArn} rejected it: ${String(error)}`,
    );
  }
}

/** Why a message can never be delivered; undefined when the function was invoked. */
function invoke(
  lambda: DeliverOptions["lambda"],
  { topicArn, functionArn, subscriptionArn }: Route,
  envelope: Envelope | undefined,
): string | undefined {
  if (envelope === undefined) return "it is not an SNS notification";
  if (!lambda.isAllowed(functionArn, PRINCIPAL, topicArn)) {
    return "the function does not exist, or the topic has no permission to invoke it";
  }
  try {
    lambda.invokeAsync(functionArn, JSON.stringify(snsEvent(envelope, subscriptionArn)));
    return undefined;
  } catch (error) {
    if (error instanceof LambdaError) return error.message;
    throw error;
  }
}
