/** Who may call: a Cognito user pool, its client and its hosted login page for each route. */
import { createHash } from "node:crypto";
import { fetchJwks } from "./jwks.ts";
import type { StageSettings } from "./settings.ts";

export type Identity = ReturnType<typeof createIdentity>;
export type UserPool = ReturnType<typeof createUserPool>;

/** Both pools; the number is the one in the API contract's route table. */
export function createIdentity(settings: StageSettings) {
  const pools = { 1: createUserPool(1, settings), 2: createUserPool(2, settings) };
  return {
    pools,
    outputs: {
      userPool1: pools[1].id,
      userPoolClient1: pools[1].clientId,
      userPool2: pools[2].id,
      userPoolClient2: pools[2].clientId,
    },
  };
}

function createUserPool(number: 1 | 2, settings: StageSettings) {
  const pool = new sst.aws.CognitoUserPool(`MyUserPool${number}`, {
    usernames: ["email"],
    domain: { prefix: domainPrefix(number) },
  });
  const client = pool.addClient(`MyUserPool${number}Client`, {
    callbackUrls: [...settings.callbackUrls],
    transform: {
      client: {
        allowedOauthFlows: ["code"],
        allowedOauthScopes: ["openid", "email"],
        explicitAuthFlows: [
          "ALLOW_USER_PASSWORD_AUTH",
          "ALLOW_ADMIN_USER_PASSWORD_AUTH",
          "ALLOW_USER_SRP_AUTH",
          "ALLOW_REFRESH_TOKEN_AUTH",
        ],
        preventUserExistenceErrors: "ENABLED",
        enableTokenRevocation: true,
      },
    },
  });
  return { id: pool.id, arn: pool.arn, clientId: client.id, jwks: fetchJwks(pool.id) };
}

/** Prefixes are unique in a region among all accounts, so a digest of the account's id is in it. */
function domainPrefix(number: 1 | 2) {
  return aws
    .getCallerIdentityOutput()
    .accountId.apply((id) => createHash("sha256").update(id).digest("hex").slice(0, 8))
    .apply((digest) => `${$app.name}-${$app.stage}-${number}-${digest}`);
}
