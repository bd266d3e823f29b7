/** ExternalLambda: the one function behind both routes, and exactly what it may do. */
import { routes } from "@secure-lambda/core/contract";
import type { Identity } from "./identity.ts";
import { lambdaDefaults } from "./lambda-defaults.ts";
import type { Messaging } from "./messaging.ts";
import type { TopicSecret } from "./secrets.ts";

interface ExternalLambdaArgs {
  identity: Identity;
  messaging: Messaging;
  secret: TopicSecret;
}

export function createExternalLambda({ identity, messaging, secret }: ExternalLambdaArgs) {
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
    ...lambdaDefaults,
    name: `${$app.name}-${$app.stage}-ExternalLambda`,
    handler: "packages/functions/src/external.handler",
    environment: {
      TOPIC_SECRET_ID: secret.arn,
      ROUTE_AUTH: $jsonStringify($util.all(routeAuth).apply(Object.fromEntries)),
    },
    permissions: [
      { actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] },
      { actions: ["sns:Publish"], resources: [messaging.topicArn] },
    ],
  });
}
