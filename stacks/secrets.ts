/** The secret LambdaSNSTopicARN, from which ExternalLambda learns where to publish. */
import type { Messaging } from "./messaging.ts";

export type TopicSecret = ReturnType<typeof createTopicSecret>;

/** Its physical name carries the stage, so that two stages can share an account. */
export function createTopicSecret({ topicArn }: Messaging) {
  const secret = new aws.secretsmanager.Secret("LambdaSNSTopicARN", {
    name: `${$app.name}/${$app.stage}/LambdaSNSTopicARN`,
    description: "Where ExternalLambda publishes names: { TOPIC_ARN }",
  });
  const version = new aws.secretsmanager.SecretVersion("LambdaSNSTopicARNVersion", {
    secretId: secret.id,
    secretString: $jsonStringify({ TOPIC_ARN: topicArn }),
  });
  return { arn: version.arn };
}
