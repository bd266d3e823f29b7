/** The way from the outside to the inside: the topic and InternalLambda, its subscriber. */
import { lambdaDefaults } from "./lambda-defaults.ts";

export type Messaging = ReturnType<typeof createMessaging>;

export function createMessaging() {
  const topic = new sst.aws.SnsTopic("GreetingTopic");
  const internalLambda = new sst.aws.Function("InternalLambda", {
    ...lambdaDefaults,
    name: `${$app.name}-${$app.stage}-InternalLambda`,
    handler: "packages/functions/src/internal.handler",
  });
  topic.subscribe("InternalLambda", internalLambda.arn);
  return { topicArn: topic.arn };
}
