/** Where the records of failed asynchronous invocations go: queues and topics. */
import { z } from "zod";

/** What a record is handed to. */
export interface DestinationServices {
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
 * Delivers a record to an ARN. Throws when nothing is there, the ARN is of another service, or the
 * function that the record is about may not send to it.
 */
export function createDestinations({ queues, topics, authorize }: DestinationServices) {
  return async (arn: string, body: string): Promise<void> => {
    if (!isDestination(arn)) throw new Error(`The local cloud cannot deliver to ${arn}.`);
    authorize?.(senderOf(body), arn);
    if (arn.startsWith("arn:aws:sns:")) await topics.publish(arn, body);
    else await queues.send(arn, body);
  };
}

const record = z.looseObject({
  requestContext: z.looseObject({ functionArn: z.string().transform(withoutVersion) }),
});

/** The function that a record is about, which is the one that sends it. */
function senderOf(body: string): string {
  return record.parse(JSON.parse(body)).requestContext.functionArn;
}

function withoutVersion(functionArn: string): string {
  return functionArn.replace(/:\$LATEST$/, "");
}
