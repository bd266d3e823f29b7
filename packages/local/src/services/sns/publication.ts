/** What is published, and what may be (documented: SNS-API/Publish, SNS/sns-message-attributes). */
import * as z from "zod";
import { AwsError } from "../../aws-protocol/errors.ts";
import {
  checkAttributes,
  sizeOfAttributes,
  type MessageAttributes,
} from "../sqs/message-attributes.ts";
import { invalidParameter } from "./errors.ts";
import { isInNumberRange, numberRange } from "./numbers.ts";

/** A message before it is published. */
export interface Publication {
  readonly message: string;
  /** What e-mail addresses get in its place, as by the API's message structure `json`. */
  readonly mailText?: string;
  readonly subject?: string | undefined;
  readonly attributes: MessageAttributes;
  /** For the subscribed queues. */
  readonly groupId?: string | undefined;
  /** X-Ray's tracing header, which subscribers get. */
  readonly traceHeader?: string | undefined;
}

/** Bytes, of a message or of a batch together; topics for larger ones are not supported. */
export const largestMessage = 262_144;

/** Checks a message. @throws AwsError */
export function checkPublication(publication: Publication): void {
  const { message, subject, attributes, groupId } = publication;
  if (message === "") throw invalidParameter("Empty message");
  if (subject !== undefined && !isSubject(subject)) throw invalidParameter("Subject");
  if (groupId !== undefined && !/^[!-~]{1,128}$/.test(groupId)) {
    throw invalidParameter(
      "MessageGroupId Reason: 1 to 128 alphanumeric and punctuation characters",
    );
  }
  checkAttributes(attributes, invalidAttribute);
  for (const [name, { DataType, StringValue = "" }] of Object.entries(attributes)) {
    const expected =
      DataType === "String.Array" && !isList(StringValue)
        ? "an array of strings, numbers, true, false and null"
        : DataType.startsWith("Number") && !isInNumberRange(Number(StringValue))
          ? `a number from ${numberRange}`
          : undefined;
    if (expected !== undefined) {
      throw new AwsError(invalidAttribute, `The message attribute '${name}' is not ${expected}.`);
    }
  }
  if (sizeOf(publication) > largestMessage) throw invalidParameter("Message too long");
}

const invalidAttribute = "ParameterValueInvalid";

/** The bytes of a message, its attributes counted. */
export function sizeOf({ message, attributes }: Publication): number {
  return Buffer.byteLength(message) + sizeOfAttributes(attributes);
}

/** AWS says both "less than 100 characters" and, in older texts, "up to 100". */
function isSubject(text: string): boolean {
  return /^[^\p{Cc}\u2028\u2029]{1,100}$/u.test(text);
}

const list = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]));

function isList(text: string): boolean {
  try {
    return list.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
