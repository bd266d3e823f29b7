/** Cognito: the user pools, each with an app client and a hosted login page. */
import { userPools } from "@secure-lambda/functions/contract";
import { fetchJwks } from "./jwks.ts";
import { accountId } from "../shared/arns.ts";
import type { StageSettings } from "../settings/settings.ts";
import type { Stage } from "../settings/stage.ts";

export type Identity = ReturnType<typeof createIdentity>;
export type UserPool = ReturnType<typeof createUserPool>;

/** The pools of the API contract, each with its number there. */
export function createIdentity(stage: Stage) {
  const pools = userPools.map((number) => createUserPool(number, stage));
  return {
    pools,
    outputs: Object.fromEntries(
      pools.flatMap(({ number, id, clientId, loginUrl }) => [
        [`userPool${number}`, id],
        [`userPoolClient${number}`, clientId],
        [`loginUrl${number}`, loginUrl],
      ]),
    ),
  };
}

function createUserPool(number: number, { settings, names }: Stage) {
  const pool = new sst.aws.CognitoUserPool(`MyUserPool${number}`, {
    usernames: ["email"],
    domain: { prefix: accountId().apply((account) => names.domainPrefix(number, account)) },
    ...(settings.mfa === "off"
      ? {}
      : { mfa: settings.mfa === "required" ? "on" : "optional", softwareToken: true }),
    transform: { userPool: hardenedUserPool(settings) },
  });
  const client = pool.addClient(`MyUserPool${number}Client`, {
    callbackUrls: [...settings.callbackUrls],
    // A sign-out ends where a sign-in does: on the web application's page.
    transform: { client: { ...hardenedClient, logoutUrls: [...settings.callbackUrls] } },
  });
  return {
    number,
    id: pool.id,
    arn: pool.arn,
    clientId: client.id,
    loginUrl: pool.domainUrl,
    jwks: fetchJwks(pool.id),
  };
}

const hardenedUserPool = (settings: StageSettings): Partial<aws.cognito.UserPoolArgs> => ({
  adminCreateUserConfig: { allowAdminCreateUserOnly: settings.adminCreatesUsers },
  deletionProtection: settings.deletionProtection ? "ACTIVE" : "INACTIVE",
  // Only by e-mail: a phone number can be taken over, and no user has one.
  accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
  // A new address takes effect once it is verified; until then the user signs in with the old one.
  userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
  passwordPolicy: {
    minimumLength: 14,
    requireLowercase: true,
    requireUppercase: true,
    requireNumbers: true,
    requireSymbols: true,
    temporaryPasswordValidityDays: 3,
  },
});

/** A public client has no secret: PKCE binds the authorization code to it. */
const hardenedClient: Partial<aws.cognito.UserPoolClientArgs> = {
  generateSecret: false,
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
  idTokenValidity: 1,
  accessTokenValidity: 1,
  refreshTokenValidity: 1,
  tokenValidityUnits: { idToken: "hours", accessToken: "hours", refreshToken: "days" },
};
