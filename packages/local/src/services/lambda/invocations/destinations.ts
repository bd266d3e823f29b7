/** On-failure destinations of asynchronous invocations: queues and topics. */
import type { Principal } from "../../iam/principal.ts";
import type { FailureRecord } from "./destination-record.ts";

/** The services that a record is sent to. */
interface DestinationServices {
  readonly send: (queueArn: string, record: FailureRecord, sender: Principal) => unknown;
  readonly publish: (topicArn: string, record: FailureRecord, sender: Principal) => unknown;
  /** Who sends for a function. @throws to reject what it sends to an ARN */
  readonly authorize: (functionArn: string, arn: string) => Principal;
}

/** Tells whether the local cloud can deliver to an ARN: a standard queue or topic. */
export function isDestination(arn: string): boolean {
  return /^arn:aws:(?:sqs|sns):[^:]+:\d{12}:[\w-]+$/.test(arn);
}

/**
 * Sends a record of a function to an ARN. Throws when it does not exist, is of another service, or
 * the function may not send to it.
 */
export function createDestinations({ send, publish, authorize }: DestinationServices) {
  return async (arn: string, record: FailureRecord): Promise<void> => {
    if (!isDestination(arn)) throw new Error(`The local cloud cannot deliver to ${arn}.`);
    const sender = authorize(record.functionArn, arn);
    if (arn.startsWith("arn:aws:sns:")) publish(arn, record, sender);
    else send(arn, record, sender);
  };
}
