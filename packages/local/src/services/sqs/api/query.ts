/**
 * SQS in the query protocol, which AWS CLI 2.13 and older speak, translated to the JSON protocol and
 * back. Lists and maps are flattened: `AttributeName.1` is in `AttributeNames`. Documented: the SQS
 * model of botocore 1.29.
 */
import { AwsError } from "../../../aws-protocol/errors.ts";
import type { JsonInput } from "../../../aws-protocol/json-protocol.ts";
import { formOf, queryResponse } from "../../../aws-protocol/query-protocol.ts";
import {
  entriesOf,
  itemsOf,
  treeOf,
  type FormTree,
} from "../../../aws-protocol/query-structure.ts";
import type { AwsRequest } from "../../../aws-protocol/service.ts";
import { xmlOf, type XmlValue } from "../../../aws-protocol/xml.ts";

const lists = new Map([
  ["AttributeName", "AttributeNames"],
  ["MessageAttributeName", "MessageAttributeNames"],
  ["MessageSystemAttributeName", "MessageSystemAttributeNames"],
  ["TagKey", "TagKeys"],
  ["SendMessageBatchRequestEntry", "Entries"],
  ["DeleteMessageBatchRequestEntry", "Entries"],
  ["ChangeMessageVisibilityBatchRequestEntry", "Entries"],
]);

const maps = new Map([
  ["Attribute", "Attributes"],
  ["MessageAttribute", "MessageAttributes"],
  ["Tag", "Tags"],
]);

/** Parameters that are numbers in JSON. */
const numbers = [
  "DelaySeconds",
  "MaxNumberOfMessages",
  "MaxResults",
  "VisibilityTimeout",
  "WaitTimeSeconds",
];

/** The input of a request. @throws AwsError for one that cannot be translated. */
export function queryInput(request: AwsRequest): JsonInput {
  const { Action, Version: _, Tags, ...input } = structureOf(treeOf(formOf(request)));
  if (Tags === undefined) return input;
  return Action === "CreateQueue" ? { ...input, tags: Tags } : { ...input, Tags };
}

function structureOf(tree: FormTree): Record<string, unknown> {
  return Object.fromEntries([...tree].map(([name, node]) => memberOf(name, node)));
}

function memberOf(name: string, node: string | FormTree): [name: string, value: unknown] {
  if (typeof node === "string") return [name, numbers.includes(name) ? numberOf(name, node) : node];
  const [list, map] = [lists.get(name), maps.get(name)];
  if (list !== undefined) return [list, itemsOf(node).map(valueOf)];
  if (map !== undefined) {
    const entries = [...entriesOf(node)].map(([key, value]) => [key, valueOf(value)]);
    return [map, Object.fromEntries(entries)];
  }
  return [[name, ...node.keys()].join("."), structureOf(node)];
}

function valueOf(node: string | FormTree): unknown {
  return typeof node === "string" ? node : structureOf(node);
}

function numberOf(parameter: string, text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new AwsError("InvalidParameterValue", `${parameter} must be an integer.`);
}

/** The response with an operation's output. */
export function queryOutput(operation: string, output: object): Response {
  const isEmpty = Object.keys(output).length === 0;
  const result = isEmpty ? undefined : xmlOf(elementsOf(operation, output));
  return queryResponse(operation, result, "http://queue.amazonaws.com/doc/2012-11-05/");
}

function elementsOf(operation: string, structure: object): Record<string, XmlValue> {
  const batch = new Map([
    ["Successful", `${operation}ResultEntry`],
    ["Failed", "BatchResultErrorEntry"],
  ]);
  const valueIn = (value: unknown): XmlValue => {
    if (Array.isArray(value)) return value.map((item: unknown) => valueIn(item));
    if (typeof value === "object" && value !== null) return elementsOf(operation, value);
    return typeof value === "string" || typeof value === "boolean" ? value : undefined;
  };
  return Object.fromEntries(
    Object.entries(structure).map(([name, value]) => {
      const element = batch.get(name) ?? name.replace(/s$/, "");
      const key = name === "Tags" ? "Key" : "Name";
      const entries = maps.has(element) ? Object.entries(value ?? {}) : undefined;
      return [
        element,
        entries?.map(([item, of]) => ({ [key]: item, Value: valueIn(of) })) ?? valueIn(value),
      ];
    }),
  );
}
