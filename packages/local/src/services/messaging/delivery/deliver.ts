/** Hands one message of a topic to its function, or says why that can never succeed. */
import { LambdaError, type LambdaService } from "../../lambda/index.ts";
import type { FailureLog } from "./delivery-status-log.ts";
import { parseEnvelope, snsEvent, type Envelope } from "./sns-event.ts";

/** The service that invokes, in the words of a function's permissions. */
const PRINCIPAL = "sns.amazonaws.com";

/** One subscription of a function. */
export interface Route {
  readonly subscriptionArn: string;
  readonly topicArn: string;
  readonly functionArn: string;
  /** The redrive policy's queue. */
  readonly deadLetterQueueArn: string | undefined;
}

/** What handing over needs. */
interface HandOverOptions {
  readonly lambda: Pick<LambdaService, "invokeAsync" | "isAllowed">;
  /** Sends to a queue in the topic's name. Throws when the queue does not take it. */
  readonly redrive: (topicArn: string, queueArn: string, body: string) => Promise<void>;
  readonly failures: FailureLog;
}

/**
 * Takes a message to the function's asynchronous queue. A message that can never be handed over is
 * not tried again, as SNS does with client errors (docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html):
 * it goes to the redrive policy's queue, or is dropped with a line in the log. Throws when
 * something else failed, and the message must come again.
 */
export async function handOver(
  { lambda, redrive, failures }: HandOverOptions,
  route: Route,
  body: string,
): Promise<void> {
  const envelope = parseEnvelope(body);
  const refusal = refuse(lambda, route, envelope);
  if (refusal === undefined) return;
  const { topicArn, deadLetterQueueArn } = route;
  const log = (text: string): void => failures.write(route, text, envelope?.MessageId);
  if (deadLetterQueueArn === undefined) {
    log(`A message is dropped: ${refusal}, and there is no redrive policy.`);
    return;
  }
  try {
    // The envelope as it is, without attributes (recorded: test_redrive_policy_lambda_subscription).
    await redrive(topicArn, deadLetterQueueArn, body);
    log(`A message went to ${deadLetterQueueArn}: ${refusal}.`);
  } catch (error) {
    log(`A message is dropped: ${refusal}, and ${deadLetterQueueArn} refused it: ${String(error)}`);
  }
}

function refuse(
  lambda: HandOverOptions["lambda"],
  { topicArn, functionArn, subscriptionArn }: Route,
  envelope: Envelope | undefined,
): string | undefined {
  if (envelope === undefined) return "it is no notification of SNS";
  if (!lambda.isAllowed(functionArn, PRINCIPAL, topicArn)) {
    return "no function there, or none that the topic has the permission to invoke";
  }
  try {
    lambda.invokeAsync(functionArn, JSON.stringify(snsEvent(envelope, subscriptionArn)));
    return undefined;
  } catch (error) {
    if (error instanceof LambdaError) return error.message;
    throw error;
  }
}
