/** The policy statements in a graph, of roles and of resources. */
import * as z from "zod";
import { created, type Graph, type GraphResource } from "./graph.ts";
import { readJson } from "./json.ts";

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

const conditionValue = z.union([z.string(), z.boolean(), z.number()]).transform(String);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), oneOrMany)]).optional(),
  NotPrincipal: z.unknown().optional(),
  Action: oneOrMany.optional(),
  NotAction: z.unknown().optional(),
  Resource: oneOrMany.optional(),
  NotResource: z.unknown().optional(),
  Condition: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.union([conditionValue.transform((value) => [value]), z.array(conditionValue)]),
      ),
    )
    .default({}),
});

/** A statement of a policy; single values are in lists too. */
export type PolicyStatement = z.infer<typeof statementSchema>;

/** What a denial is about. */
interface Denial {
  readonly action: string;
  /** The ARN of the resource that has the policy. */
  readonly resource: unknown;
  readonly operator: string;
  readonly key: string;
}

/**
 * The values of the condition by which a statement denies every principal an action; none where another
 * condition narrows the denial.
 */
export function deniedBy(
  { Effect, Principal, Action = [], Resource = [], Condition }: PolicyStatement,
  { action, resource, operator, key }: Denial,
): readonly string[] {
  const keys = Object.values(Condition).flatMap((values) => Object.keys(values));
  const isWhole =
    Effect === "Deny" &&
    Principal === "*" &&
    Action.includes(action) &&
    Resource.some((one) => one === "*" || one === resource) &&
    keys.length === 1;
  return isWhole ? (Condition[operator]?.[key] ?? []) : [];
}

/** Whether a name in a policy is a pattern; operators like ArnEquals take patterns too (documented). */
export const hasWildcard = (name: string): boolean => /[*?]/.test(name);

const documentSchema = z.object({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Statement: z
    .union([statementSchema, z.array(statementSchema)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
});

/** Every rule about policies reads each of them: it is parsed once. */
const parsed = new Map<string, readonly PolicyStatement[] | undefined>();

/** The statements of a policy, as JSON or object; undefined if it is not a policy. */
export function readStatements(policy: unknown): readonly PolicyStatement[] | undefined {
  if (typeof policy !== "string") return statementsOf(policy);
  if (!parsed.has(policy)) parsed.set(policy, statementsOf(readJson(policy)));
  return parsed.get(policy);
}

const statementsOf = (document: unknown) => documentSchema.safeParse(document).data?.Statement;

/** Inputs that must be a policy; in every other input of any resource, one is found by its statements. */
const policyInputs: Readonly<Record<string, string>> = {
  "aws:apigateway/restApi:RestApi": "policy",
  "aws:apigateway/restApiPolicy:RestApiPolicy": "policy",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
  "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
  "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
  "aws:kms/key:Key": "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:sqs/queue:Queue": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
};

const ROLE = "aws:iam/role:Role";

const inlinePoliciesSchema = z.array(z.object({ policy: z.unknown() })).optional();

/** A policy and the resource that has it. */
export interface AttachedPolicy {
  readonly resource: GraphResource;
  readonly policy: unknown;
}

/** Every policy of a graph that can grant permissions; trust policies of roles are left out. */
export const attachedPolicies = (graph: Graph): AttachedPolicy[] =>
  created(graph).flatMap((resource) =>
    policiesOf(resource).map((policy) => ({ resource, policy })),
  );

function policiesOf({ type, inputs }: GraphResource): unknown[] {
  if (type === ROLE) {
    const { data, success } = inlinePoliciesSchema.safeParse(inputs["inlinePolicies"]);
    return success ? (data ?? []).map(({ policy }) => policy) : [undefined];
  }
  return Object.entries(inputs).flatMap(([input, value]) =>
    input === policyInputs[type] ? [value] : documentsIn(value),
  );
}

/** The policies within a value, as objects or as JSON. */
function documentsIn(value: unknown): unknown[] {
  if (typeof value === "string") return /^\s*[[{]/.test(value) ? documentsIn(readJson(value)) : [];
  if (typeof value !== "object" || value === null) return [];
  return "Statement" in value ? [value] : Object.values(value).flatMap(documentsIn);
}
