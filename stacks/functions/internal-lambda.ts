/** InternalLambda: the topic's subscriber, and the two ways by which nothing gets lost. */
import { writeAndRead } from "../shared/kms-keys.ts";
import { allowLogging, lambdaDefaults } from "./lambda-defaults.ts";
import type { Messaging } from "../messaging/messaging.ts";
import type { Stage } from "../settings/stage.ts";

interface InternalLambdaArgs {
  stage: Stage;
  messaging: Messaging;
}

/**
 * Creates the function and its subscription. What the topic cannot hand over goes to the dead-letter
 * queue by the subscription's redrive policy; what the function failed at three times goes there as
 * its on-failure destination, sent with the function's own role.
 */
export function createInternalLambda({ stage, messaging }: InternalLambdaArgs) {
  const { topic, deadLetters, key } = messaging;
  const defaults = lambdaDefaults(
    "InternalLambda",
    stage,
    stage.settings.concurrency.internalLambda,
  );
  const internalLambda = new sst.aws.Function("InternalLambda", {
    ...defaults,
    handler: "packages/functions/src/internal.handler",
    permissions: [
      allowLogging("InternalLambda", stage),
      { actions: ["sqs:SendMessage"], resources: [deadLetters.arn] },
      { actions: writeAndRead, resources: [key.arn] },
    ],
    retries: 2,
    transform: {
      ...defaults.transform,
      eventInvokeConfig: {
        maximumEventAgeInSeconds: 21_600,
        destinationConfig: { onFailure: { destination: deadLetters.arn } },
      },
    },
  });
  topic.subscribe("InternalLambda", internalLambda.arn, {
    transform: {
      subscription: {
        redrivePolicy: $jsonStringify({ deadLetterTargetArn: deadLetters.arn }),
      },
    },
  });
  return internalLambda;
}
