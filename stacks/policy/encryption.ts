/** Rules about encryption: at rest with keys of this app or of AWS, and in transit. */
import * as z from "zod";
import { allOf, type Graph, type GraphResource, ruleFor, unless } from "./graph.ts";
import { deniedBy, readStatements } from "./statements.ts";

const KEY = "aws:kms/key:Key";

/** An input and its value, by a path of keys joined by dots. */
type Input = readonly [path: string, value: unknown];

/** A type that holds data, and how it is encrypted at rest. */
interface DataStore {
  readonly type: string;
  /** The input that names a key. */
  readonly key: string;
  /** Without this input the key has no effect. */
  readonly on?: Input;
  /** What encrypts it without a key: AWS by default, or an input. */
  readonly without?: "by default" | Input;
}

/** Every type that holds data and names its key itself. */
export const dataStores: readonly DataStore[] = [
  { type: "aws:sns/topic:Topic", key: "kmsMasterKeyId" },
  { type: "aws:sqs/queue:Queue", key: "kmsMasterKeyId", without: ["sqsManagedSseEnabled", true] },
  { type: "aws:secretsmanager/secret:Secret", key: "kmsKeyId", without: "by default" },
  { type: "aws:cloudwatch/logGroup:LogGroup", key: "kmsKeyId", without: "by default" },
  {
    type: "aws:dynamodb/table:Table",
    key: "serverSideEncryption.kmsKeyArn",
    on: ["serverSideEncryption.enabled", true],
    without: "by default",
  },
  { type: "aws:kinesis/stream:Stream", key: "kmsKeyId", on: ["encryptionType", "KMS"] },
  {
    type: "aws:efs/fileSystem:FileSystem",
    key: "kmsKeyId",
    on: ["encrypted", true],
    without: ["encrypted", true],
  },
];

const encryptedAtRest = dataStores.map((store) =>
  ruleFor("encrypted-at-rest", store.type, z.looseObject({}), (inputs, graph) => {
    const key = valueAt(inputs, store.key);
    if (key !== undefined) {
      return [
        ...unless(
          isKey(graph, key) || isKeyOfAws(key),
          `must be encrypted with a key of this app or of AWS (${store.key})`,
        ),
        ...unless(isOn(store, inputs), `must be encrypted (${String(store.on)})`),
      ];
    }
    const { without } = store;
    const isEncrypted =
      without === "by default" || (without !== undefined && hasInput(inputs, without));
    const inputNames = typeof without === "object" ? `${store.key} or ${without[0]}` : store.key;
    return unless(isEncrypted, `must be encrypted at rest (${inputNames})`);
  }),
);

const functionsUseOwnKeys = ruleFor(
  "encrypted-at-rest",
  "aws:lambda/function:Function",
  z.object({ kmsKeyArn: z.string().optional(), sourceKmsKeyArn: z.string().optional() }),
  ({ kmsKeyArn, sourceKmsKeyArn }, graph) =>
    [kmsKeyArn, sourceKmsKeyArn].flatMap((key) =>
      unless(
        key === undefined || isKey(graph, key),
        "must be encrypted with a key of this app, or of AWS by default",
      ),
    ),
);

/** Whether the key that a store names has an effect. */
export const isOn = ({ on }: DataStore, inputs: object): boolean =>
  on === undefined || hasInput(inputs, on);

const hasInput = (inputs: object, [path, value]: Input) => valueAt(inputs, path) === value;

/** Whether this is the alias of a service's own key, which AWS manages. */
const isKeyOfAws = (key: unknown) => typeof key === "string" && key.startsWith("alias/aws/");

/** Whether this is the ARN of a key of the app. */
export const isKey = (graph: Graph, arn: unknown): boolean =>
  allOf(graph, KEY).some(({ outputs }) => outputs["arn"] === (arn ?? "none"));

const record = z.record(z.string(), z.unknown()).catch({});

/** The value at a path of keys, joined by dots. */
export const valueAt = (inputs: object, path: string): unknown =>
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
  z.object({
    enableKeyRotation: z.boolean().optional(),
    // KMS's default (documented: KMS-API/EnableKeyRotation).
    rotationPeriodInDays: z.number().default(365),
    policy: z.unknown(),
  }),
  ({ enableKeyRotation, rotationPeriodInDays, policy }) => [
    ...unless(enableKeyRotation === true, "must be rotated automatically"),
    ...unless(rotationPeriodInDays <= 365, "must be rotated once a year at least"),
    ...unless(
      policy !== undefined,
      "must have a policy: the default one lets the whole account use it",
    ),
  ],
);

/** A disabled key opens nothing; one of several Regions can be replicated to where no rule looks. */
const keysAreOfOneRegion = ruleFor(
  "keys-are-enabled-in-one-region",
  KEY,
  z.object({ isEnabled: z.boolean().optional(), multiRegion: z.boolean().optional() }),
  ({ isEnabled = true, multiRegion = false }) => [
    ...unless(isEnabled, "must be enabled"),
    ...unless(!multiRegion, "must be of one Region"),
  ],
);

/** In a store elsewhere, such as one of another provider, its operator has the key. */
const keysStay = ruleFor(
  "keys-stay-with-the-account",
  KEY,
  z.object({
    bypassPolicyLockoutSafetyCheck: z.boolean().default(false),
    customKeyStoreId: z.string().optional(),
    xksKeyId: z.string().optional(),
  }),
  ({ bypassPolicyLockoutSafetyCheck: bypassed, customKeyStoreId, xksKeyId }) => [
    ...unless(!bypassed, "must have a policy that KMS has checked not to lock the account out"),
    ...unless((customKeyStoreId ?? xksKeyId) === undefined, "must be kept by KMS itself"),
  ],
);

const encryptedInTransit = reachable.map(({ type, policyType, owner, action }) =>
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
export const encryptionRules = [
  ...encryptedAtRest,
  functionsUseOwnKeys,
  keysRotate,
  keysAreOfOneRegion,
  keysStay,
  ...encryptedInTransit,
];
