/** Messages, and what may be one (documented: SQS-API/SendMessage). */
import { createHash } from "node:crypto";
import { isXmlText } from "../../aws-protocol/xml.ts";
import { inRange, invalidValue, required, sqsError } from "./errors.ts";
import { checkAttributes, sizeOfAttributes, type MessageAttributes } from "./message-attributes.ts";

/** A message before a queue has it. */
export interface NewMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** The message group, which makes a standard queue a fair one. */
  readonly groupId?: string | undefined;
  /** Seconds; the queue's by default. */
  readonly delay?: number | undefined;
  /** X-Ray's tracing header, which is received as `AWSTraceHeader`. */
  readonly traceHeader?: string | undefined;
}

/** Checks a message for a queue of this maximum size, in bytes. @throws AwsError */
export function checkMessage(message: NewMessage, maximumSize: number): void {
  const { body, attributes, groupId, delay } = message;
  if (!isXmlText(required("MessageBody", body)))
    throw sqsError("InvalidMessageContents", otherCharacters);
  inRange("DelaySeconds", delay, [0, 900]);
  if (groupId !== undefined && !/^[!-~]{1,128}$/.test(groupId)) {
    const reason =
      "MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.";
    throw invalidValue("MessageGroupId", groupId, reason);
  }
  checkMessageAttributes(attributes);
  if (sizeOf(message) > maximumSize) {
    const reason = `Reason: Message must be shorter than ${maximumSize} bytes.`;
    throw sqsError("InvalidParameterValue", `One or more parameters are invalid. ${reason}`);
  }
}

/** XML's characters, which AWS names so. */
const otherCharacters =
  "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";

/** The bytes of a message, its attributes counted. */
export function sizeOf({ body, attributes }: NewMessage): number {
  return Buffer.byteLength(body) + sizeOfAttributes(attributes);
}

/** The digest of a body, by which clients check what they sent and received. */
export function md5OfBody(body: string): string {
  return createHash("md5").update(body).digest("hex");
}

const mostAttributes = 10;

/** The rules that SNS does not have (documented: SQS/sqs-message-metadata). */
function checkMessageAttributes(attributes: MessageAttributes): void {
  const code = "InvalidParameterValue";
  checkAttributes(attributes, code);
  const all = Object.entries(attributes);
  if (all.length > mostAttributes) {
    const message = `Number of message attributes [${all.length}] exceeds the allowed maximum [${mostAttributes}].`;
    throw sqsError(code, message);
  }
  for (const [name, { DataType, StringValue = "" }] of all) {
    if (!isXmlText(DataType) || !isXmlText(StringValue)) throw sqsError(code, otherCharacters);
    if (DataType.startsWith("Number") && !isNumber(StringValue)) {
      throw sqsError(
        code,
        `The message attribute '${name}' has a value that can not be cast to number.`,
      );
    }
  }
}

/** Whether a number has at most 38 digits and is 0 or between 10^-128 and 10^126. */
function isNumber(text: string): boolean {
  const [mantissa = ""] = text.toLowerCase().split("e");
  const digits = mantissa.replaceAll(/\D/g, "").replaceAll(/^0+|0+$/g, "");
  const size = Math.abs(Number(text));
  return digits === "" || (digits.length <= 38 && size >= 1e-128 && size <= 1e126);
}
