/** ExternalLambda: the function behind both routes, its environment and its permissions. */
import { routes } from "@secure-lambda/functions/contract";
import { addCodeCache } from "../bundle/code-cache/index.ts";
import type { Identity } from "../identity/user-pools.ts";
import { writeAndRead } from "../shared/kms-keys.ts";
import { allowLogging, bundle, lambdaDefaults } from "./lambda-defaults.ts";
import type { Messaging } from "../messaging/messaging.ts";
import type { TopicSecret } from "../secrets/topic-secret.ts";
import type { Stage } from "../settings/stage.ts";

interface ExternalLambdaArgs {
  stage: Stage;
  identity: Identity;
  messaging: Messaging;
  secret: TopicSecret;
}

/** Creates the function; its environment has the user pool of each route, with the public keys. */
export function createExternalLambda(args: ExternalLambdaArgs) {
  const { stage, identity, messaging, secret } = args;
  const { settings } = stage;
  const routeAuth = routes.map(({ path, userPool }) => {
    const { id, clientId, jwks } = identity.pools[userPool];
    return $util
      .all([id, clientId, jwks])
      .apply(
        ([userPoolId, client, keys]) =>
          [path, { userPoolId, clientId: client, jwks: keys }] as const,
      );
  });
  return new sst.aws.Function("ExternalLambda", {
    ...lambdaDefaults("ExternalLambda", stage, settings.concurrency.externalLambda),
    ...(settings.codeCache === undefined || $dev ? plain : cached(settings.codeCache)),
    environment: {
      TOPIC_SECRET_ID: secret.arn,
      ROUTE_AUTH: $jsonStringify($util.all(routeAuth).apply(Object.fromEntries)),
      ...(settings.corsOrigin === undefined ? {} : { CORS_ORIGIN: settings.corsOrigin }),
    },
    permissions: [
      allowLogging("ExternalLambda", stage),
      { actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] },
      { actions: ["kms:Decrypt"], resources: [secret.keyArn] },
      { actions: ["sns:Publish"], resources: [messaging.topic.arn] },
      { actions: writeAndRead, resources: [messaging.key.arn] },
    ],
  });
}

const plain = { handler: "packages/functions/src/external.handler" };

/** V8 caches scripts, which cannot await: the cache's loader does it for them. */
function cached(command: string) {
  return {
    handler: "packages/functions/src/start-external.handler",
    nodejs: {
      ...bundle,
      format: "cjs",
      esbuild: { ...bundle.esbuild, mainFields: ["module", "main"] },
    },
    hook: {
      postbuild: (built) =>
        addCodeCache({
          built,
          sources: `${$cli.paths.root}/stacks/bundle/code-cache`,
          command,
        }),
    },
  } satisfies Partial<sst.aws.FunctionArgs>;
}
