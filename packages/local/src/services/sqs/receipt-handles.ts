/** Receipt handles: each names its queue and its message. */
import { randomUUID } from "node:crypto";
import { sqsError } from "./errors.ts";

/** A new handle of a message in a queue. */
export function receiptFor(messageId: string, queueArn: string): string {
  return Buffer.from(`${randomUUID()} ${queueArn} ${messageId}`).toString("base64");
}

/** The id of the message. @throws AwsError ReceiptHandleIsInvalid for a handle of another queue. */
export function messageIdOf(receiptHandle: string, queueArn: string): string {
  const [, arn, id = ""] = Buffer.from(receiptHandle, "base64").toString("latin1").split(" ");
  if (arn === queueArn) return id;
  const message = `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`;
  throw sqsError("ReceiptHandleIsInvalid", message);
}
