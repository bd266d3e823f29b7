/**
 * ExternalLambda: the function behind every route, its environment and its permissions. The routes
 * are in packages/functions/src/http/app.ts; entry-point.ts names the handler that starts them.
 */
import { routeRows } from "@secure-lambda/functions/contract";
import type { Identity } from "../identity/user-pools.ts";
import { writeAndRead } from "../shared/kms-keys.ts";
import type { LogSettings } from "../shared/log-groups.ts";
import { entryPointOf } from "./entry-point.ts";
import {
  allowKey,
  allowLogging,
  allowTracing,
  lambdaDefaults,
  onlyFrom,
} from "./lambda-defaults.ts";
import type { Messaging } from "../messaging/messaging.ts";
import type { TopicSecret } from "../secrets/topic-secret.ts";
import type { Stage } from "../settings/stage.ts";

interface ExternalLambdaArgs {
  stage: Stage;
  logs: LogSettings;
  identity: Identity;
  messaging: Messaging;
  secret: TopicSecret;
}

/** Creates the function; its environment has every user pool, with the public keys. */
export function createExternalLambda(args: ExternalLambdaArgs) {
  const { stage, identity, messaging, secret } = args;
  const { settings } = stage;
  const userPools = Object.fromEntries(
    identity.pools.map(({ number, id, clientId, jwks }) => [
      number,
      { userPoolId: id, clientId, jwks },
    ]),
  );
  const { handler, plugins } = entryPointOf(settings);
  const { concurrency } = settings;
  const reserved = concurrency && routeRows.length * concurrency.perRoute;
  const defaults = lambdaDefaults("ExternalLambda", args, reserved);
  return new sst.aws.Function("ExternalLambda", {
    ...defaults,
    handler,
    nodejs: { ...defaults.nodejs, ...(plugins !== undefined && { plugins }) },
    environment: {
      TOPIC_SECRET_ID: secret.arn,
      USER_POOLS: $jsonStringify(userPools),
      ...(settings.corsOrigin === undefined ? {} : { CORS_ORIGIN: settings.corsOrigin }),
    },
    permissions: [
      allowLogging("ExternalLambda", stage),
      allowTracing,
      ...onlyFrom("ExternalLambda", stage, [
        { actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] },
        { actions: ["sns:Publish"], resources: [messaging.topic.arn] },
      ]),
      // The keys' policies let them be used only through these two calls.
      ...allowKey(["kms:Decrypt"], secret.key),
      ...allowKey(writeAndRead, messaging.key),
    ],
  });
}
