/** Cognito: the user pools, each with an app client and, where a web application is named, login pages. */
import { userPools } from "@secure-lambda/functions/contract";
import { fetchJwks } from "./jwks.ts";
import { mailSender } from "./mail-sender.ts";
import { protectFromThreats } from "./threat-protection.ts";
import { accountId } from "../shared/arns.ts";
import type { LogSettings } from "../shared/log-groups.ts";
import type { StageSettings } from "../settings/settings.ts";
import type { Stage } from "../settings/stage.ts";

export type Identity = ReturnType<typeof createIdentity>;
export type UserPool = ReturnType<typeof createUserPool>;

/** The pools of the API contract, each with its number there. */
export function createIdentity(stage: Stage, logs: LogSettings) {
  const pools = userPools.map((number) => createUserPool(number, stage));
  if (stage.settings.userPoolPlan === "plus") protectFromThreats(stage, logs, pools);
  return {
    pools,
    outputs: Object.fromEntries(
      pools.flatMap(({ number, id, clientId, loginUrl }) => [
        [`userPool${number}`, id],
        [`userPoolClient${number}`, clientId],
        ...(loginUrl === undefined ? [] : [[`loginUrl${number}`, loginUrl]]),
      ]),
    ),
  };
}

function createUserPool(number: number, { settings, names }: Stage) {
  const pool = new sst.aws.CognitoUserPool(`MyUserPool${number}`, {
    usernames: ["email"],
    ...(settings.callbackUrls.length === 0
      ? {}
      : {
          domain: { prefix: accountId().apply((account) => names.domainPrefix(number, account)) },
        }),
    ...(settings.mfa === "off"
      ? {}
      : { mfa: settings.mfa === "required" ? "on" : "optional", softwareToken: true }),
    transform: { userPool: hardenedUserPool(settings) },
  });
  const client = pool.addClient(`MyUserPool${number}Client`, {
    transform: {
      client: {
        ...hardenedClient,
        explicitAuthFlows: authFlows(settings),
        ...attributes(settings),
        ...codeGrant(settings.callbackUrls),
      },
    },
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
  ...plan(settings),
  ...sender(settings),
});

/** Said of both plans: what is left out stays as it is. */
const plan = ({ userPoolPlan }: StageSettings): Partial<aws.cognito.UserPoolArgs> =>
  userPoolPlan === "essentials"
    ? { userPoolTier: "ESSENTIALS" }
    : {
        userPoolTier: "PLUS",
        userPoolAddOns: {
          advancedSecurityMode: "ENFORCED",
          advancedSecurityAdditionalFlows: { customAuthMode: "ENFORCED" },
        },
      };

function sender(settings: StageSettings): Partial<aws.cognito.UserPoolArgs> {
  const named = mailSender(settings);
  if (named === undefined) return {};
  const { from: fromEmailAddress, sourceArn } = named;
  return { emailConfiguration: { emailSendingAccount: "DEVELOPER", sourceArn, fromEmailAddress } };
}

const authFlows = ({ passwordFlows }: StageSettings) => [
  ...(passwordFlows ? ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"] : []),
  "ALLOW_USER_SRP_AUTH",
];

/** Only the code grant, and only of a stage that names its web application. */
const codeGrant = (
  callbackUrls: StageSettings["callbackUrls"],
): Partial<aws.cognito.UserPoolClientArgs> => ({
  allowedOauthFlowsUserPoolClient: callbackUrls.length > 0,
  allowedOauthFlows: callbackUrls.length === 0 ? [] : ["code"],
  allowedOauthScopes: callbackUrls.length === 0 ? [] : ["openid", "email"],
  callbackUrls: [...callbackUrls],
  // A sign-out ends where a sign-in does: on the web application's page.
  logoutUrls: [...callbackUrls],
});

/**
 * What callers may read and write of themselves. The provider ignores an empty list, and Cognito then
 * lets them write everything (reported: hashicorp/terraform-provider-aws#28684); nothing reads a locale.
 */
const attributes = ({ adminCreatesUsers }: StageSettings) => ({
  readAttributes: ["email", "email_verified"],
  writeAttributes: adminCreatesUsers ? ["locale"] : ["email", "locale"],
});

/** A public client has no secret: PKCE binds the authorization code to it. */
const hardenedClient: Partial<aws.cognito.UserPoolClientArgs> = {
  generateSecret: false,
  preventUserExistenceErrors: "ENABLED",
  enableTokenRevocation: true,
  // For a refresh whose response is lost: the client sends the token again.
  refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
  idTokenValidity: 1,
  accessTokenValidity: 1,
  refreshTokenValidity: 1,
  tokenValidityUnits: { idToken: "hours", accessToken: "hours", refreshToken: "days" },
};
