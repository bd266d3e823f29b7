/** The rule about key policies: who uses a key, through which services, and for what. */
import * as z from "zod";
import { allOf, type Graph, type GraphResource, ruleFor } from "./graph.ts";
import { readStatements, type PolicyStatement } from "./statements.ts";

const words = (text: string): readonly string[] => text.split(/\s+/);

/** What neither encrypts nor decrypts, and lets no other do so, here or with a copy of the key. */
const administration = words(
  `kms:CancelKeyDeletion kms:CreateAlias kms:DeleteAlias kms:DescribeKey kms:DisableKey
  kms:DisableKeyRotation kms:EnableKey kms:EnableKeyRotation kms:GetKeyPolicy
  kms:GetKeyRotationStatus kms:ListAliases kms:ListGrants kms:ListKeyPolicies
  kms:ListKeyRotations kms:ListResourceTags kms:PutKeyPolicy kms:RetireGrant kms:RevokeGrant
  kms:RotateKeyOnDemand kms:ScheduleKeyDeletion kms:TagResource kms:UntagResource
  kms:UpdateAlias kms:UpdateKeyDescription`,
);

/** What a role does with data. */
const dataUse = words(
  `kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey
  kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo`,
);

/** What every principal whom an IAM policy allows may do through a service, without being named. */
const ofAccount: Readonly<Record<string, readonly string[]>> = {
  // Who creates a table (documented: DYNAMODB/encryption.howitworks).
  dynamodb: ["kms:CreateGrant", ...dataUse],
  // A deployment writes secrets, and reads one to compare it.
  secretsmanager: ["kms:Decrypt", "kms:GenerateDataKey"],
  // An operator reads dead letters.
  sqs: ["kms:Decrypt"],
};

/** The service that uses a key for a resource. */
const serviceOf: Readonly<Record<string, string>> = {
  "aws:cloudwatch/logGroup:LogGroup": "logs",
  "aws:dynamodb/table:Table": "dynamodb",
  "aws:efs/fileSystem:FileSystem": "elasticfilesystem",
  "aws:kinesis/stream:Stream": "kinesis",
  "aws:lambda/function:Function": "lambda",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "s3",
  "aws:secretsmanager/secret:Secret": "secretsmanager",
  "aws:sns/topic:Topic": "sns",
  "aws:sqs/queue:Queue": "sqs",
};

/** Whom the account lets use a key by an IAM policy, gets data only from the service that checks its own. */
const keysAreUsedThroughServices = ruleFor(
  "keys-are-used-through-services",
  "aws:kms/key:Key",
  z.object({ policy: z.unknown() }),
  ({ policy }, graph, key) => {
    const services = servicesOf(graph, key);
    return (readStatements(policy) ?? [])
      .filter(({ Effect }) => Effect === "Allow")
      .filter((statement) => !isForServices(statement))
      .map((statement) => ({ ...statement, uses: usesIn(statement) }))
      .filter(({ uses }) => uses.length > 0)
      .flatMap((statement) => findingsOf(statement, services));
  },
);

const isForServices = ({ Principal = {} }: PolicyStatement) =>
  Object.keys(Principal).join() === "Service";

const usesIn = ({ Action = ["everything"] }: PolicyStatement) =>
  Action.filter((action) => !administration.includes(action));

function findingsOf(
  statement: PolicyStatement & { readonly uses: readonly string[] },
  services: ReadonlyMap<string, string>,
): string[] {
  const { uses, Condition } = statement;
  const through = Condition["StringEquals"]?.["kms:ViaService"] ?? [];
  if (through.length === 0) {
    return [`must be used through a service (kms:ViaService): ${uses.join(", ")}`];
  }
  return through.flatMap((host) => {
    const service = services.get(host);
    if (service === undefined)
      return [`must not be used through ${host}: this app keeps nothing there`];
    const allowed = namesWho(statement) ? dataUse : (ofAccount[service] ?? []);
    return uses
      .filter((action) => !allowed.includes(action))
      .map((action) => `must not let ${who(statement)} have ${action} through ${service}`);
  });
}

/** By a condition, since a role that is a principal must exist before the key. */
const namesWho = ({ Principal, Condition }: PolicyStatement) =>
  (Condition["ArnEquals"]?.["aws:PrincipalArn"] ?? []).length > 0 ||
  (typeof Principal === "object" &&
    Object.values(Principal)
      .flat()
      .every((principal) => principal.includes(":role/")));

const who = (statement: PolicyStatement) =>
  namesWho(statement) ? "a role" : "all of the account (aws:PrincipalArn)";

/** The services that keep data of this app, by what `kms:ViaService` says of them in the key's Region. */
function servicesOf(graph: Graph, { outputs }: GraphResource): ReadonlyMap<string, string> {
  const region = String(outputs["arn"]).split(":")[3] ?? "none";
  return new Map(
    Object.entries(serviceOf)
      .filter(([type]) => allOf(graph, type).length > 0)
      .map(([, service]) => [`${service}.${region}.amazonaws.com`, service]),
  );
}

/** Every rule about key policies. */
export const keyPolicyRules = [keysAreUsedThroughServices];
