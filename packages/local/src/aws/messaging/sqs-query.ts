/**
 * SQS in the query protocol, which AWS CLI 2.13 and older speak: what an operator does with a queue,
 * written over into the JSON protocol and back. Documented: the SQS model of botocore 1.29.
 */
import * as z from "zod";
import { AwsError, escapeXml, unsupported } from "../errors.ts";
import { formOf, queryResponse } from "../query-protocol.ts";
import type { AwsRequest } from "../service.ts";

/** What an operation takes, as the form names it; `answers` is false for one without an output. */
type Shape = { parameters: readonly string[]; answers: boolean };

const shapes = new Map<string, Shape>([
  ["ListQueues", { parameters: ["QueueNamePrefix", "MaxResults", "NextToken"], answers: true }],
  ["GetQueueUrl", { parameters: ["QueueName", "QueueOwnerAWSAccountId"], answers: true }],
  ["GetQueueAttributes", { parameters: ["QueueUrl", "AttributeName"], answers: true }],
  [
    "SendMessage",
    {
      parameters: [
        "QueueUrl",
        "MessageBody",
        "DelaySeconds",
        "MessageGroupId",
        "MessageDeduplicationId",
      ],
      answers: true,
    },
  ],
  [
    "ReceiveMessage",
    {
      parameters: [
        "QueueUrl",
        "AttributeName",
        "MessageSystemAttributeName",
        "MessageAttributeName",
        "MaxNumberOfMessages",
        "VisibilityTimeout",
        "WaitTimeSeconds",
      ],
      answers: true,
    },
  ],
  ["DeleteMessage", { parameters: ["QueueUrl", "ReceiptHandle"], answers: false }],
  [
    "ChangeMessageVisibility",
    { parameters: ["QueueUrl", "ReceiptHandle", "VisibilityTimeout"], answers: false },
  ],
  ["PurgeQueue", { parameters: ["QueueUrl"], answers: false }],
]);

/** Parameters that are numbers in JSON. */
const numbers = [
  "DelaySeconds",
  "MaxNumberOfMessages",
  "MaxResults",
  "VisibilityTimeout",
  "WaitTimeSeconds",
];

/**
 * The input of a form in the words of the JSON protocol: `AttributeName.1` is in `AttributeNames`.
 * @throws AwsError for an operation or a parameter that is not written over.
 */
export function queryInput(request: AwsRequest): Record<string, unknown> {
  const { Action: operation = "", Version: _, ...form } = Object.fromEntries(formOf(request));
  const { parameters } = shapeOf(operation);
  const input: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(form)) {
    const [, list] = /^(\w+)\.\d+$/.exec(key) ?? [];
    if (!parameters.includes(list ?? key) || isList(list ?? key) !== (list !== undefined)) {
      const message = `The local cloud does not support the parameter ${key}`;
      throw new AwsError("InvalidParameterValue", message);
    }
    if (list === undefined) input[key] = numbers.includes(key) ? numberOf(key, text) : text;
    else input[`${list}s`] = [...z.array(z.unknown()).catch([]).parse(input[`${list}s`]), text];
  }
  return input;
}

function isList(parameter: string): boolean {
  return parameter.endsWith("AttributeName");
}

function shapeOf(operation: string): Shape {
  const shape = shapes.get(operation);
  if (shape === undefined) {
    throw unsupported(`sqs:${operation} in the query protocol`, "InvalidAction");
  }
  return shape;
}

function numberOf(parameter: string, text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new AwsError("InvalidParameterValue", `${parameter} must be an integer.`);
}

const failure = z.object({ __type: z.string(), message: z.string() });

/** Errors that have another code here than in the JSON protocol (documented: API_GetQueueUrl). */
const codes = new Map([["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"]]);

/** An answer of the JSON protocol in the query protocol. @throws AwsError for one that is an error. */
export async function queryAnswer(operation: string, answer: Response): Promise<Response> {
  const text = await answer.text();
  const output: unknown = JSON.parse(text === "" ? "{}" : text);
  if (!answer.ok) {
    const { __type: type, message } = failure.parse(output);
    const code = type.split("#").at(-1) ?? type;
    throw new AwsError(codes.get(code) ?? code, message, answer.status);
  }
  const result = shapeOf(operation).answers ? xmlOf(structure.parse(output)) : undefined;
  return queryResponse(operation, result, "http://queue.amazonaws.com/doc/2012-11-05/");
}

const structure = z.record(z.string(), z.unknown());

/** Lists and maps are flattened: each element stands for itself, under this name. */
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
  return `<${name}>${nested.success ? xmlOf(nested.data) : textOf(scalar.parse(value))}</${name}>`;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A bare carriage return would reach the caller as a line feed. */
function textOf(value: string | number | boolean): string {
  return escapeXml(String(value)).replaceAll("\r", "&#xD;");
}
