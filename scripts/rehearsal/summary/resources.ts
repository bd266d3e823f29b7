/** How many resources of each service a deployment creates. */
import { created } from "../../../stacks/policy/graph.ts";
import type { GraphView } from "../graph-view.ts";
import { compareTexts, type Section } from "./section.ts";

/** Services as AWS calls them; a new one stands as the provider calls it. */
const services = new Map([
  ["apigateway", "API Gateway"],
  ["cloudwatch", "CloudWatch"],
  ["cognito", "Cognito"],
  ["iam", "IAM"],
  ["kms", "KMS"],
  ["lambda", "Lambda"],
  ["s3", "S3"],
  ["secretsmanager", "Secrets Manager"],
  ["sns", "SNS"],
  ["sqs", "SQS"],
  ["wafv2", "WAF"],
]);

/** Kinds of which the provider's name says little; an account has one setting in API Gateway: its role for logs. */
const otherWords = new Map([
  ["Account", "account setting"],
  ["BucketObjectv2", "uploaded file"],
]);

/** A row for each service: its resources, and how many of which kind. */
export function summarizeResources({ resources }: GraphView): Section {
  const kindsOf = new Map<string, Map<string, number>>();
  for (const { type } of created(resources)) {
    const [provider, module, kind] = type.split(":");
    if (provider !== "aws" || module === undefined || kind === undefined) continue;
    const key = module.split("/")[0] ?? module;
    const service = services.get(key) ?? key;
    const kinds = kindsOf.get(service) ?? new Map<string, number>();
    kindsOf.set(service, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
  }
  const sorted = [...kindsOf].toSorted(([one], [other]) => compareTexts(one, other));
  return {
    title: "Resources",
    rows: sorted.map(([service, kinds]) => [
      service,
      String([...kinds.values()].reduce((sum, count) => sum + count, 0)),
      [...kinds]
        .map(([kind, count]) => (count === 1 ? inWords(kind) : `${count} ${plural(inWords(kind))}`))
        .toSorted(compareTexts)
        .join(", "),
    ]),
    none: "None on AWS.",
  };
}

/** `WebAclLoggingConfiguration`: web ACL logging configuration. */
const inWords = (kind: string) =>
  otherWords.get(kind) ??
  kind
    .replace(/v\d+$/, "")
    .replaceAll(/(?<=[a-z])[A-Z]/g, " $&")
    .toLowerCase()
    .replaceAll(/\b(?:acl|api|ip|rest)\b/g, (word) => word.toUpperCase());

const plural = (words: string) =>
  words
    .replace(/(?<![aeiou])y$/, "ie")
    .replace(/as$/, "ase")
    .replace(/(?<!s)$/, "s");
