/** What is encrypted at rest, and with which key. */
import type { GraphResource } from "@secure-lambda/local";
import { optionalText, type GraphView } from "../graph-view.ts";
import { sortRows, type Section } from "./section.ts";

/** What holds data, the input that names its key, and what AWS does when the input is left out. */
const kinds = [
  ["topic", "aws:sns/topic:Topic", "kmsMasterKeyId", "NOT ENCRYPTED"],
  ["queue", "aws:sqs/queue:Queue", "kmsMasterKeyId", "key owned by SQS (SSE-SQS)"],
  ["secret", "aws:secretsmanager/secret:Secret", "kmsKeyId", "AWS managed key aws/secretsmanager"],
  ["log group", "aws:cloudwatch/logGroup:LogGroup", "kmsKeyId", "key owned by CloudWatch Logs"],
  ["function", "aws:lambda/function:Function", "kmsKeyArn", "AWS managed key aws/lambda"],
] as const;

/** A row for each resource that holds data, and its key. */
export function summarizeEncryption(graph: GraphView): Section {
  const rows = kinds.flatMap(([kind, type, input, otherwise]) =>
    sortRows(
      graph
        .all(type)
        .map((resource) => [kind, resource.name, keyOf(graph, resource, input) ?? otherwise]),
    ),
  );
  return { title: "Encryption at rest", rows, none: "Nothing holds data." };
}

function keyOf(graph: GraphView, { inputs }: GraphResource, input: string): string | undefined {
  const key = optionalText.parse(inputs[input]);
  return key === undefined ? undefined : `key ${graph.nameOf(key)}`;
}
