/**
 * Message attributes of SQS and SNS, which have the same rules. The sentences are SNS's (recorded:
 * LocalStack test_empty_or_wrong_message_attributes); those of SQS are assumed to be alike.
 */
import { createHash } from "node:crypto";
import * as z from "zod";
import { AwsError } from "../../aws-protocol/errors.ts";

/** The schema of the attributes by name, whose binary values are base64. */
export const messageAttributes = z.record(
  z.string(),
  z.strictObject({
    DataType: z.string(),
    StringValue: z.string().optional(),
    BinaryValue: z.base64().optional(),
  }),
);

/** Attributes by name. */
export type MessageAttributes = z.infer<typeof messageAttributes>;

/** One of them. */
export type MessageAttribute = MessageAttributes[string];

/** Checks each name, type and value. @throws AwsError with `code` */
export function checkAttributes(attributes: MessageAttributes, code: string): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const problem =
      problemWithName(name) ?? problemWith(`The message attribute '${name}'`, attribute);
    if (problem !== undefined) throw new AwsError(code, problem);
  }
}

function problemWithName(name: string): string | undefined {
  const other = /[^\w.-]/u.exec(name)?.[0];
  if (other !== undefined) {
    const hex = other.codePointAt(0)?.toString(16).toUpperCase();
    return `Invalid non-alphanumeric character '#x${hex}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`;
  }
  if (name.length > 256) return "Length of message attribute name must be less than 256 bytes.";
  if (name === "") return "A message attribute name must not be empty.";
  const dot = "Invalid message attribute name";
  if (name.startsWith(".")) return `${dot} starting with character '.' was found.`;
  if (name.endsWith(".")) return `${dot} ending with character '.' was found.`;
  if (name.includes("..")) return "Message attribute name can not have successive '.' character.";
  return /^(?:aws|amazon)\./i.test(name)
    ? "Message attribute names beginning with 'AWS.' or 'Amazon.' are reserved."
    : undefined;
}

const type = /^(String|Number|Binary)(?:\..+)?$/su;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function problemWith(what: string, attribute: MessageAttribute): string | undefined {
  const { DataType, StringValue, BinaryValue } = attribute;
  const kind = type.exec(DataType)?.[1];
  if (kind === undefined || DataType.length > 256) {
    return `${what} has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`;
  }
  const [value, other] =
    kind === "Binary" ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
  if (other !== undefined) {
    return `${what} with type '${DataType}' must use field '${kind === "Binary" ? kind : "String"}'.`;
  }
  if (value === undefined || value === "") {
    return `${what} must contain non-empty message attribute value for message attribute type '${DataType}'.`;
  }
  return kind === "Number" && !number.test(value)
    ? `${what} has a value that can not be cast to number.`
    : undefined;
}

/** The bytes that count for a message's size: names, types and values. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes)
    .map(
      ([name, { DataType, ...value }]) =>
        name.length + utf8(DataType).length + bytesOf(value).length,
    )
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** Their digest, undefined without attributes (documented: SQS/sqs-message-metadata). */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const byName = Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1));
  if (byName.length === 0) return undefined;
  const hash = createHash("md5");
  for (const [name, { DataType, ...value }] of byName) {
    hash.update(measured(utf8(name))).update(measured(utf8(DataType)));
    hash.update(Buffer.of(value.BinaryValue === undefined ? 1 : 2));
    hash.update(measured(bytesOf(value)));
  }
  return hash.digest("hex");
}

/** With the length before it, as four bytes. */
function measured(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function bytesOf({ StringValue = "", BinaryValue }: Omit<MessageAttribute, "DataType">): Buffer {
  return BinaryValue === undefined ? utf8(StringValue) : Buffer.from(BinaryValue, "base64");
}

function utf8(text: string): Buffer {
  return Buffer.from(text, "utf8");
}
