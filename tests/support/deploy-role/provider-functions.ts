/**
 * The calls of the AWS provider for functions and what they use, by Pulumi type: read in the sources
 * of hashicorp/terraform-provider-aws, which @pulumi/aws is built from. SST tags every resource.
 */
import { account, arnOf, calls, passRole, region, text, type CallsFor } from "./call.ts";

const role: CallsFor = (resource) => {
  const { inlinePolicies = [], managedPolicyArns = [] } = resource.inputs;
  const arn = arnOf(resource);
  // SST keeps its log role for other APIs when the stage is removed, and never changes it.
  const isKept = resource.name === "APIGatewayPushToCloudWatchLogsRole";
  return [
    ...calls("iam", "CreateRole TagRole GetRole ListRolePolicies ListAttachedRolePolicies", arn),
    ...[inlinePolicies].flat().flatMap(() => calls("iam", "PutRolePolicy GetRolePolicy", arn)),
    ...[managedPolicyArns]
      .flat()
      .flatMap((policy) =>
        calls("iam", "AttachRolePolicy", arn, { "iam:PolicyARN": text(policy) }),
      ),
    ...(isKept
      ? []
      : calls(
          "iam",
          "UntagRole UpdateAssumeRolePolicy DeleteRolePolicy ListInstanceProfilesForRole DeleteRole",
          arn,
        )),
  ];
};

const lambda: CallsFor = (resource) => {
  const { role: roleArn, s3Bucket, s3Key } = resource.inputs;
  return [
    ...calls(
      "lambda",
      // Without ListTags, GetFunction leaves the tags out, and each deployment sets them again (LAMBDA-API/GetFunction).
      `CreateFunction TagResource UntagResource GetFunction ListTags ListVersionsByFunction
      GetFunctionCodeSigningConfig PutFunctionConcurrency DeleteFunctionConcurrency
      UpdateFunctionConfiguration UpdateFunctionCode DeleteFunction`,
      arnOf(resource),
    ),
    ...passRole(roleArn, "lambda.amazonaws.com"),
    ...calls("s3", "GetObject", `arn:aws:s3:::${text(s3Bucket)}/${text(s3Key)}`),
  ];
};

const functionArn = (name: unknown) => {
  const [last = ""] = text(name).split(":function:").slice(-1);
  return `arn:aws:lambda:${region}:${account}:function:${last}`;
};

const keyArn = (key: string) => `arn:aws:kms:${region}:${account}:key/${key}`;

const viaSecretsManager = { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` };

/** Rows of types. */
export const functionCalls: Readonly<Record<string, CallsFor>> = {
  "aws:iam/role:Role": role,
  "aws:lambda/function:Function": lambda,
  "aws:lambda/permission:Permission": ({ inputs }) =>
    calls("lambda", "AddPermission GetPolicy RemovePermission", functionArn(inputs["function"])),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ({ inputs }) =>
    calls(
      "lambda",
      "PutFunctionEventInvokeConfig GetFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig",
      functionArn(inputs["functionName"]),
    ),
  "aws:s3/bucketObjectv2:BucketObjectv2": ({ inputs: { bucket, key } }) =>
    calls(
      "s3",
      "PutObject PutObjectTagging GetObject GetObjectTagging DeleteObject",
      `arn:aws:s3:::${text(bucket)}/${text(key)}`,
    ),
  "aws:sns/topic:Topic": (resource) => [
    ...calls(
      "sns",
      `CreateTopic TagResource UntagResource GetTopicAttributes SetTopicAttributes
      ListTagsForResource DeleteTopic`,
      arnOf(resource),
    ),
    ...[resource.inputs["lambdaFailureFeedbackRoleArn"] ?? []]
      .flat()
      .flatMap((roleArn) => passRole(roleArn, "sns.amazonaws.com")),
  ],
  "aws:sns/topicPolicy:TopicPolicy": ({ inputs }) =>
    calls("sns", "SetTopicAttributes GetTopicAttributes", text(inputs["arn"])),
  // Service Authorization Reference: only Subscribe names its topic.
  "aws:sns/topicSubscription:TopicSubscription": ({ inputs }) => [
    ...calls("sns", "Subscribe", text(inputs["topic"])),
    ...calls("sns", "GetSubscriptionAttributes SetSubscriptionAttributes Unsubscribe", "*"),
  ],
  "aws:sqs/queue:Queue": (resource) =>
    calls(
      "sqs",
      `CreateQueue TagQueue UntagQueue GetQueueAttributes SetQueueAttributes ListQueueTags
      DeleteQueue`,
      arnOf(resource),
    ),
  "aws:sqs/queuePolicy:QueuePolicy": ({ inputs }) =>
    calls(
      "sqs",
      "SetQueueAttributes GetQueueAttributes",
      `arn:aws:sqs:${region}:${account}:${text(inputs["queueUrl"]).split("/").at(-1) ?? ""}`,
    ),
  "aws:secretsmanager/secret:Secret": (resource) => [
    ...calls(
      "secretsmanager",
      `CreateSecret TagResource UntagResource DescribeSecret GetResourcePolicy UpdateSecret
      DeleteSecret`,
      arnOf(resource),
    ),
  ],
  "aws:secretsmanager/secretPolicy:SecretPolicy": ({ id }) =>
    calls("secretsmanager", "PutResourcePolicy GetResourcePolicy DeleteResourcePolicy", id),
  "aws:secretsmanager/secretVersion:SecretVersion": (resource) =>
    calls(
      "secretsmanager",
      "PutSecretValue GetSecretValue UpdateSecretVersionStage",
      arnOf(resource),
    ),
  "aws:kms/key:Key": ({ id }) => [
    ...calls("kms", "CreateKey", "*"),
    ...calls(
      "kms",
      `TagResource UntagResource DescribeKey GetKeyPolicy PutKeyPolicy GetKeyRotationStatus
      EnableKeyRotation ListResourceTags UpdateKeyDescription ScheduleKeyDeletion`,
      keyArn(id),
    ),
  ],
  "aws:kms/alias:Alias": (resource) => [
    ...calls("kms", "ListAliases", "*"),
    ...[arnOf(resource), keyArn(text(resource.inputs["targetKeyId"]))].flatMap((arn) =>
      calls("kms", "CreateAlias UpdateAlias DeleteAlias", arn),
    ),
  ],
};

/** What Secrets Manager does with a key for the one who writes or reads a secret. */
export const secretKeyCalls: CallsFor = ({ inputs: { kmsKeyId } }) =>
  kmsKeyId === undefined
    ? []
    : calls("kms", "GenerateDataKey Decrypt", keyArnOf(text(kmsKeyId)), viaSecretsManager);

const keyArnOf = (key: string) => (key.startsWith("arn:") ? key : keyArn(key));
