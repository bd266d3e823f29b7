/** Rules about encryption: at rest with customer-managed keys, and in transit. */
import * as z from "zod";
import { allOf, type Graph, type GraphResource, type Rule, ruleFor, unless } from "./graph.ts";
import { deniedBy, readStatements } from "./statements.ts";

const KEY = "aws:kms/key:Key";

/** Where a data store names its key, and what turns encryption on where that is an input of its own. */
const keyInputs: readonly (readonly [
  type: string,
  key: string,
  on?: readonly [string, unknown],
])[] = [
  ["aws:sns/topic:Topic", "kmsMasterKeyId"],
  ["aws:sqs/queue:Queue", "kmsMasterKeyId"],
  ["aws:secretsmanager/secret:Secret", "kmsKeyId"],
  [
    "aws:dynamodb/table:Table",
    "serverSideEncryption.kmsKeyArn",
    ["serverSideEncryption.enabled", true],
  ],
  ["aws:kinesis/stream:Stream", "kmsKeyId", ["encryptionType", "KMS"]],
  ["aws:efs/fileSystem:FileSystem", "kmsKeyId", ["encrypted", true]],
];

const encryptedAtRest: readonly Rule[] = keyInputs.map(([type, key, on]) =>
  ruleFor("encrypted-at-rest", type, z.looseObject({}), (inputs, graph) => [
    ...unless(
      isKey(graph, valueAt(inputs, key)),
      `must be encrypted with a customer-managed key (${key})`,
    ),
    ...(on === undefined
      ? []
      : unless(valueAt(inputs, on[0]) === on[1], `must be encrypted (${on[0]}: ${String(on[1])})`)),
  ]),
);

const BUCKET_ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

const bucketEncryption = z.object({
  bucket: z.string(),
  rules: z.array(
    z.object({ applyServerSideEncryptionByDefault: z.object({ kmsMasterKeyId: z.string() }) }),
  ),
});

const bucketsEncryptedAtRest = ruleFor(
  "encrypted-at-rest",
  "aws:s3/bucket:Bucket",
  z.unknown(),
  (_, graph, bucket) => {
    const keys = allOf(graph, BUCKET_ENCRYPTION)
      .flatMap(({ inputs }) => bucketEncryption.safeParse(inputs).data ?? [])
      .filter((configuration) => configuration.bucket === bucket.id)
      .flatMap(({ rules }) => rules.map((rule) => rule.applyServerSideEncryptionByDefault));
    return unless(
      keys.length > 0 && keys.every(({ kmsMasterKeyId }) => isKey(graph, kmsMasterKeyId)),
      "must be encrypted with a customer-managed key (BucketServerSideEncryptionConfiguration)",
    );
  },
);

const isKey = (graph: Graph, arn: unknown) =>
  allOf(graph, KEY).some(({ outputs }) => outputs["arn"] === (arn ?? "none"));

const record = z.record(z.string(), z.unknown()).catch({});

/** The value at a path of keys, joined by dots. */
const valueAt = (inputs: object, path: string) =>
  path.split(".").reduce<unknown>((value, key) => record.parse(value)[key], inputs);

/**
 * Resources whose policy must deny plain HTTP, and the resource with it. Everything in DynamoDB is
 * encrypted in transit (documented: DYNAMODB/encryption.usagenotes).
 */
const reachable = [
  {
    type: "aws:sns/topic:Topic",
    policyType: "aws:sns/topicPolicy:TopicPolicy",
    owner: (topic: GraphResource) => ["arn", topic.outputs["arn"]] as const,
    action: "sns:Publish",
  },
  {
    type: "aws:sqs/queue:Queue",
    policyType: "aws:sqs/queuePolicy:QueuePolicy",
    owner: (queue: GraphResource) => ["queueUrl", queue.outputs["url"]] as const,
    action: "sqs:*",
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    policyType: "aws:secretsmanager/secretPolicy:SecretPolicy",
    owner: (secret: GraphResource) => ["secretArn", secret.outputs["arn"]] as const,
    action: "secretsmanager:*",
  },
  {
    type: "aws:s3/bucket:Bucket",
    policyType: "aws:s3/bucketPolicy:BucketPolicy",
    owner: (bucket: GraphResource) => ["bucket", bucket.id] as const,
    action: "s3:*",
  },
] as const;

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

const encryptedInTransit: readonly Rule[] = reachable.map(({ type, policyType, owner, action }) =>
  ruleFor("encrypted-in-transit", type, z.unknown(), (_, graph, resource) => {
    const [input, value] = owner(resource);
    return unless(
      allOf(graph, policyType).some(
        ({ inputs }) =>
          value !== undefined &&
          inputs[input] === value &&
          deniesPlainHttp(inputs["policy"], action, resource.outputs["arn"]),
      ),
      "must deny plain HTTP to every principal",
    );
  }),
);

function deniesPlainHttp(policy: unknown, action: string, resource: unknown): boolean {
  const denial = { action, resource, operator: "Bool", key: "aws:SecureTransport" };
  return (readStatements(policy) ?? []).some((statement) =>
    deniedBy(statement, denial).includes("false"),
  );
}

/** Every rule about encryption. */
export const encryptionRules: readonly Rule[] = [
  ...encryptedAtRest,
  bucketsEncryptedAtRest,
  keysRotate,
  ...encryptedInTransit,
];
