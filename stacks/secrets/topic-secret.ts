/** The secret LambdaSNSTopicARN, which tells ExternalLambda where to publish. */
import { allowAccountViaService, createKey, writeAndRead } from "../shared/kms-keys.ts";
import type { Messaging } from "../messaging/messaging.ts";
import { roleArn } from "../shared/arns.ts";
import { allowRole, denyPlainHttp, resourcePolicy } from "../shared/resource-policy.ts";
import type { Stage } from "../settings/stage.ts";

/** The secret and its key, if it has one of this stage. */
export type TopicSecret = ReturnType<typeof createTopicSecret>;

/** Creates the secret; its name contains the stage, so that stages can share an account. */
export function createTopicSecret(stage: Stage, { topic }: Messaging) {
  const { settings, names } = stage;
  const reader = roleArn(names.resource("ExternalLambda"));
  const key = settings.customerKeys ? createSecretKey(stage) : undefined;
  const secret = new aws.secretsmanager.Secret("LambdaSNSTopicARN", {
    name: names.topicSecret,
    description: "The topic to which ExternalLambda publishes: { TOPIC_ARN }",
    // By default Secrets Manager takes AWS's key, aws/secretsmanager.
    ...(key === undefined ? {} : { kmsKeyId: key.arn }),
    recoveryWindowInDays: settings.secretRecoveryDays,
  });
  const version = new aws.secretsmanager.SecretVersion("LambdaSNSTopicARNVersion", {
    secretId: secret.id,
    secretString: $jsonStringify({ TOPIC_ARN: topic.arn }),
  });
  // It denies no other reader: a deployment reads the value to compare it.
  new aws.secretsmanager.SecretPolicy("LambdaSNSTopicARNPolicy", {
    secretArn: secret.arn,
    blockPublicPolicy: true,
    policy: resourcePolicy(
      denyPlainHttp("secretsmanager:*", secret.arn),
      allowRole("ExternalLambdaReads", reader, {
        Action: "secretsmanager:GetSecretValue",
        Resource: secret.arn,
      }),
    ),
  });
  return { arn: version.secretArn, key };
}

const createSecretKey = (stage: Stage) =>
  createKey("SecretKey", {
    description: "the secret LambdaSNSTopicARN",
    stage,
    // ExternalLambda too: its role's policy lets it decrypt.
    uses: [allowAccountViaService("secretsmanager", writeAndRead)],
  });
