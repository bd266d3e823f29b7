/** InternalLambda: the topic's subscriber, and both paths to the dead-letter queue. */
import { writeAndRead } from "../shared/kms-keys.ts";
import type { LogSettings } from "../shared/log-groups.ts";
import { allowKey, allowLogging, allowTracing, lambdaDefaults } from "./lambda-defaults.ts";
import type { Messaging } from "../messaging/messaging.ts";
import type { Stage } from "../settings/stage.ts";

interface InternalLambdaArgs {
  stage: Stage;
  logs: LogSettings;
  messaging: Messaging;
}

/**
 * Creates the function and its subscription. A message that SNS cannot deliver goes to the
 * dead-letter queue by the subscription's redrive policy. An event on which the function failed
 * three times goes there by its on-failure destination, sent with the function's role.
 */
export function createInternalLambda({ stage, logs, messaging }: InternalLambdaArgs) {
  const { topic, deadLetters, key } = messaging;
  const defaults = lambdaDefaults(
    "InternalLambda",
    { stage, logs },
    stage.settings.concurrency?.internalLambda,
  );
  const internalLambda = new sst.aws.Function("InternalLambda", {
    ...defaults,
    handler: "packages/functions/src/internal.handler",
    permissions: [
      allowLogging("InternalLambda", stage),
      allowTracing,
      // Lambda itself sends to the destination, so that no condition on the function holds.
      { actions: ["sqs:SendMessage"], resources: [deadLetters.arn] },
      ...allowKey(writeAndRead, key),
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
