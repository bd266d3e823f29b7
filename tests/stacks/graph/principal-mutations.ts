/** Others let in by a policy, and the rule that detects it. */
import { edit, editInput, editPolicy, type MutationRow, trust } from "./mutate.ts";

const PERMISSION = "aws:lambda/permission:Permission";
const ROLE = "aws:iam/role:Role";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SECRET_POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";
const KEY = "aws:kms/key:Key";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const LOG_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

const toOtherAccount = (policy: string) =>
  policy.replace('{"AWS":"arn:aws:iam::000000000000', '{"AWS":"arn:aws:iam::999999999999');

export const principalMutations: readonly MutationRow[] = [
  [
    "this account as the secret's reader",
    editPolicy(SECRET_POLICY, toOtherAccount),
    "principals-are-of-this-account",
  ],
  [
    "this account as a key's user",
    editPolicy(KEY, toOtherAccount),
    "principals-are-of-this-account",
  ],
  [
    "this account as the topic's publisher",
    editPolicy(TOPIC_POLICY, toOtherAccount),
    "principals-are-of-this-account",
  ],
  [
    "this account's topic as the source of dead letters",
    editPolicy(QUEUE_POLICY, (policy) =>
      policy.replaceAll(/("aws:SourceArn":"arn:aws:sns:[\w-]+:)\d{12}/g, "$1999999999999"),
    ),
    "principals-are-of-this-account",
  ],
  [
    "this account's log groups as those that a key encrypts",
    editPolicy(KEY, (policy) =>
      policy.replaceAll(/(arn:aws:logs:[\w-]+:)\d{12}/g, "$1999999999999"),
    ),
    "principals-are-of-this-account",
  ],
  [
    "this account as the source of the firewall's log",
    editInput(LOG_POLICY, "policyDocument", (policy) =>
      policy.replace(/(aws:SourceAccount\W+)\d{12}/, "$1999999999999"),
    ),
    "principals-are-of-this-account",
  ],
  [
    "this account's API as the source of a call",
    edit(PERMISSION, ["sourceArn"], "arn:aws:execute-api:us-east-1:999999999999:api/*"),
    "principals-are-of-this-account",
  ],
  [
    "the one service that a role trusts",
    edit(ROLE, ["assumeRolePolicy"], trust({ Service: "*" })),
    "principals-are-of-this-account",
  ],
  [
    "a call as all that a permission allows",
    edit(PERMISSION, ["action"], "lambda:*"),
    "principals-are-of-this-account",
  ],
  [
    "a service as the one that may call",
    edit(PERMISSION, ["principal"], "999999999999"),
    "principals-are-of-this-account",
  ],
  [
    "this account's bucket as the source of a call",
    edit(PERMISSION, ["sourceArn"], "arn:aws:s3:::stranger"),
    "principals-are-of-this-account",
  ],
  [
    "this account's topic as the source of dead letters, for a bucket of any account",
    editPolicy(QUEUE_POLICY, (policy) =>
      policy.replaceAll(/("ArnEquals":\{"aws:SourceArn":")[^"]*/g, "$1arn:aws:s3:::stranger"),
    ),
    "principals-are-of-this-account",
  ],
];
