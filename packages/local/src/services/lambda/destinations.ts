/** Where the records of failed asynchronous invocations go: queues and topics. */

/** What a record is handed to. */
interface DestinationServices {
  readonly queues: { send(queueArn: string, body: string): Promise<unknown> };
  readonly topics: { publish(topicArn: string, message: string): Promise<unknown> };
  /** @throws to refuse what a function sends to an ARN; nothing is refused unless given. */
  readonly authorize?: (functionArn: string, arn: string) => void;
}

/** Tells whether the local cloud can deliver to an ARN: a standard queue or topic. */
export function isDestination(arn: string): boolean {
  return /^arn:aws:(?:sqs|sns):[^:]+:\d{12}:[\w-]+$/.test(arn);
}

/**
 * Delivers a record of a function to an ARN. Throws when nothing is there, the ARN is of another
 * service, or the function may not send to it.
 */
export function createDestinations({ queues, topics, authorize }: DestinationServices) {
  return async (arn: string, body: string, functionArn: string): Promise<void> => {
    if (!isDestination(arn)) throw new Error(`The local cloud cannot deliver to ${arn}.`);
    authorize?.(functionArn, arn);
    if (arn.startsWith("arn:aws:sns:")) await topics.publish(arn, body);
    else await queues.send(arn, body);
  };
}
