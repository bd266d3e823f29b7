/** Rules about encryption: at rest with customer-managed keys, and in transit. */
import * as z from "zod";
import { allOf, type GraphResource, type Rule, ruleFor, unless } from "./graph.ts";
import { conditionValues, readStatements } from "./statements.ts";

const KEY = "aws:kms/key:Key";

/**
 * Resources that store data, the input that names their key, and the resource with their policy.
 */
const stores = [
  {
    type: "aws:sns/topic:Topic",
    key: "kmsMasterKeyId",
    policyType: "aws:sns/topicPolicy:TopicPolicy",
    owner: (topic: GraphResource) => ["arn", topic.outputs["arn"]] as const,
    action: "sns:Publish",
  },
  {
    type: "aws:sqs/queue:Queue",
    key: "kmsMasterKeyId",
    policyType: "aws:sqs/queuePolicy:QueuePolicy",
    owner: (queue: GraphResource) => ["queueUrl", queue.outputs["url"]] as const,
    action: "sqs:*",
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    key: "kmsKeyId",
    policyType: "aws:secretsmanager/secretPolicy:SecretPolicy",
    owner: (secret: GraphResource) => ["secretArn", secret.outputs["arn"]] as const,
    action: "secretsmanager:*",
  },
] as const;

const encryptedAtRest: readonly Rule[] = stores.map(({ type, key }) =>
  ruleFor("encrypted-at-rest", type, z.looseObject({}), (inputs, graph) =>
    unless(
      allOf(graph, KEY).some(({ outputs }) => outputs["arn"] === (inputs[key] ?? "none")),
      `must be encrypted with a customer-managed key (${key})`,
    ),
  ),
);

const keysRotate = ruleFor(
  "keys-rotate",
  KEY,
  z.object({ enableKeyRotation: z.boolean().optional(), policy: z.unknown() }),
  ({ enableKeyRotation, policy }) => [
    ...unless(enableKeyRotation === true, "must be rotated automatically"),
    ...unless(
      policy !== undefined,
      "must have a policy: the default one lets the whole account use it",
    ),
  ],
);

const encryptedInTransit: readonly Rule[] = stores.map(({ type, policyType, owner, action }) =>
  ruleFor("encrypted-in-transit", type, z.unknown(), (_, graph, resource) => {
    const [input, value] = owner(resource);
    return unless(
      allOf(graph, policyType).some(
        ({ inputs }) =>
          value !== undefined &&
          inputs[input] === value &&
          deniesPlainHttp(inputs["policy"], action),
      ),
      "must deny plain HTTP to every principal",
    );
  }),
);

function deniesPlainHttp(policy: unknown, action: string): boolean {
  return (readStatements(policy) ?? []).some(
    (statement) =>
      statement.Effect === "Deny" &&
      statement.Principal === "*" &&
      statement.Action?.includes(action) &&
      conditionValues(statement, "Bool", "aws:SecureTransport").includes("false"),
  );
}

/** Every rule about encryption. */
export const encryptionRules: readonly Rule[] = [
  ...encryptedAtRest,
  keysRotate,
  ...encryptedInTransit,
];
