/**
 * SQS in the query protocol of AWS CLI 2.13 and older: the operations that an operator needs,
 * translated to the JSON protocol and back. Documented: the SQS model of botocore 1.29.
 */
import * as z from "zod";
import { AwsError, unsupported } from "../../aws-protocol/errors.ts";
import { escapeXml } from "../../aws-protocol/xml.ts";
import { formOf, queryResponse } from "../../aws-protocol/query-protocol.ts";
import type { AwsRequest } from "../../aws-protocol/service.ts";
import { sqsError } from "./requests.ts";

/** The parameters of each operation in the query protocol. */
const parameters = new Map([
  ["ListQueues", ["QueueNamePrefix", "MaxResults", "NextToken"]],
  ["GetQueueUrl", ["QueueName", "QueueOwnerAWSAccountId"]],
  ["GetQueueAttributes", ["QueueUrl", "AttributeName"]],
  [
    "SendMessage",
    ["QueueUrl", "MessageBody", "DelaySeconds", "MessageGroupId", "MessageDeduplicationId"],
  ],
  [
    "ReceiveMessage",
    [
      "QueueUrl",
      "AttributeName",
      "MessageSystemAttributeName",
      "MessageAttributeName",
      "MaxNumberOfMessages",
      "VisibilityTimeout",
      "WaitTimeSeconds",
    ],
  ],
  ["DeleteMessage", ["QueueUrl", "ReceiptHandle"]],
  ["ChangeMessageVisibility", ["QueueUrl", "ReceiptHandle", "VisibilityTimeout"]],
  ["PurgeQueue", ["QueueUrl"]],
]);

/** Operations without an output. */
const withoutOutput = ["DeleteMessage", "ChangeMessageVisibility", "PurgeQueue"];

/** Parameters that are numbers in JSON. */
const numbers = [
  "DelaySeconds",
  "MaxNumberOfMessages",
  "MaxResults",
  "VisibilityTimeout",
  "WaitTimeSeconds",
];

/**
 * Translates a form to the input of the JSON protocol: `AttributeName.1` is in `AttributeNames`.
 * @throws AwsError for an operation or a parameter that is not supported.
 */
export function queryInput(request: AwsRequest): Record<string, unknown> {
  const { Action: operation = "", Version: _, ...form } = Object.fromEntries(formOf(request));
  const known = parameters.get(operation);
  if (known === undefined) {
    throw unsupported(`sqs:${operation} in the query protocol`, "InvalidAction");
  }
  const input: Record<string, unknown> = {};
  const lists = new Map<string, string[]>();
  for (const [key, text] of Object.entries(form)) {
    const name = key.replace(/\.\d+$/, "");
    const isList = name.endsWith("AttributeName");
    if (!known.includes(name) || isList !== (name !== key)) {
      throw unsupported(`the parameter ${key}`, "InvalidParameterValue");
    }
    if (isList) lists.set(name, [...(lists.get(name) ?? []), text]);
    else input[key] = numbers.includes(key) ? numberOf(key, text) : text;
  }
  for (const [name, texts] of lists) input[`${name}s`] = texts;
  return input;
}

function numberOf(parameter: string, text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new AwsError("InvalidParameterValue", `${parameter} must be an integer.`);
}

/** Errors with another code than in the JSON protocol (documented: SQS-API/GetQueueUrl). */
const codes = new Map([["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"]]);

/** Translates a JSON response to the query protocol. @throws AwsError for an error response. */
export async function queryResponseOf(operation: string, response: Response): Promise<Response> {
  const text = await response.text();
  const output: unknown = JSON.parse(text === "" ? "{}" : text);
  if (!response.ok) {
    const { code, message, status } = sqsError(output, response.status);
    throw new AwsError(codes.get(code) ?? code, message, status);
  }
  const result = withoutOutput.includes(operation) ? undefined : xmlOf(structure.parse(output));
  return queryResponse(operation, result, "http://queue.amazonaws.com/doc/2012-11-05/");
}

const structure = z.record(z.string(), z.unknown());

/** Lists and maps are flattened: each item is an element of this name. */
const elements: Readonly<Record<string, string>> = {
  Attributes: "Attribute",
  MessageAttributes: "MessageAttribute",
  Messages: "Message",
  QueueUrls: "QueueUrl",
};

function xmlOf(members: Record<string, unknown>): string {
  return Object.entries(members)
    .map(([name, value]) => {
      const element = elements[name];
      if (element === undefined) return tag(name, value);
      if (Array.isArray(value)) return value.map((item) => tag(element, item)).join("");
      const entries = Object.entries(structure.parse(value ?? {}));
      return entries.map(([Name, Value]) => tag(element, { Name, Value })).join("");
    })
    .join("");
}

function tag(name: string, value: unknown): string {
  if (value === undefined) return "";
  const nested = structure.safeParse(value);
  return `<${name}>${nested.success ? xmlOf(nested.data) : escapeXml(String(scalar.parse(value)))}</${name}>`;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
