/** Rules about user pools and their clients. */
import * as z from "zod";
import { ruleFor, unless } from "./graph.ts";

const USER_POOL = "aws:cognito/userPool:UserPool";

/** What Cognito takes where a policy is silent (documented: COGNITO-API/PasswordPolicyType). */
const passwordPolicySchema = z.object({
  minimumLength: z.number().default(8),
  requireLowercase: z.boolean().default(false),
  requireUppercase: z.boolean().default(false),
  requireNumbers: z.boolean().default(false),
  requireSymbols: z.boolean().default(false),
  temporaryPasswordValidityDays: z.number().default(7),
});

const poolsRequireStrongPasswords = ruleFor(
  "pools-require-strong-passwords",
  USER_POOL,
  z.object({ passwordPolicy: passwordPolicySchema.prefault({}) }),
  ({ passwordPolicy: { minimumLength, temporaryPasswordValidityDays, ...required } }) => [
    ...unless(minimumLength >= 14, "must require passwords of at least 14 characters"),
    ...Object.entries(required)
      .filter(([, isRequired]) => !isRequired)
      .map(([characters]) => `must require characters of every class (${characters})`),
    ...unless(
      temporaryPasswordValidityDays <= 7,
      "must let temporary passwords expire after 7 days at the latest",
    ),
  ],
);

const recoveries = ["verified_email", "admin_only"];

/** By default `Ada@example.com` and `ada@example.com` are two users (COGNITO-API/UsernameConfigurationType). */
const poolsIgnoreCase = ruleFor(
  "pools-ignore-case",
  USER_POOL,
  z.object({ usernameConfiguration: z.object({ caseSensitive: z.boolean() }).optional() }),
  ({ usernameConfiguration }) =>
    unless(usernameConfiguration?.caseSensitive === false, "must not tell users apart by case"),
);

/** An unverified address could be a stranger's, who would get the codes that reset the password. */
const poolsVerifyAddresses = ruleFor(
  "pools-verify-new-addresses",
  USER_POOL,
  z.object({
    userAttributeUpdateSettings: z
      .object({ attributesRequireVerificationBeforeUpdates: z.array(z.string()) })
      .optional(),
    autoVerifiedAttributes: z.array(z.string()).default([]),
    accountRecoverySetting: z
      .object({ recoveryMechanisms: z.array(z.object({ name: z.string() })).min(1) })
      .optional(),
  }),
  ({ userAttributeUpdateSettings: settings, autoVerifiedAttributes, accountRecoverySetting }) => [
    ...unless(
      settings?.attributesRequireVerificationBeforeUpdates.includes("email") === true,
      "must verify a new e-mail address before it takes effect",
    ),
    ...unless(autoVerifiedAttributes.join() === "email", "must verify e-mail addresses only"),
    // A phone number can be taken over.
    ...unless(
      accountRecoverySetting?.recoveryMechanisms.every(({ name }) => recoveries.includes(name)) ===
        true,
      `must let passwords be reset only by ${recoveries.join(" or ")}`,
    ),
  ],
);

/** By a password, its proof, or the caller's choice; protected stages have fewer. No function decides. */
const signInFlows = [
  "ALLOW_USER_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
];

/** Not `aws.cognito.signin.user.admin`, by which a token changes its user. */
const scopes = ["openid", "email", "profile"];

const hours = z.object({ idToken: z.literal("hours"), accessToken: z.literal("hours") });

const clientsAreHardened = ruleFor(
  "clients-are-hardened",
  "aws:cognito/userPoolClient:UserPoolClient",
  z.object({
    preventUserExistenceErrors: z.string().optional(),
    enableTokenRevocation: z.boolean().optional(),
    // Without any, Cognito takes its own (documented: COGNITO-API/CreateUserPoolClient).
    explicitAuthFlows: z.array(z.string()).min(1),
    allowedOauthFlows: z.array(z.string()).default([]),
    allowedOauthScopes: z.array(z.string()).default([]),
    supportedIdentityProviders: z.array(z.string()).default([]),
    idTokenValidity: z.number().optional(),
    accessTokenValidity: z.number().optional(),
    tokenValidityUnits: z.unknown(),
  }),
  (client) => [
    ...unless(
      client.preventUserExistenceErrors === "ENABLED",
      "must not reveal whether a user exists",
    ),
    ...unless(client.enableTokenRevocation === true, "must enable token revocation"),
    ...unless(
      client.allowedOauthFlows.every((flow) => flow === "code"),
      "must allow only the authorization code grant: other flows put tokens into URLs",
    ),
    ...client.explicitAuthFlows
      .filter((flow) => !signInFlows.includes(flow))
      .map((flow) => `must not sign users in by ${flow}`),
    ...client.allowedOauthScopes
      .filter((scope) => !scopes.includes(scope))
      .map((scope) => `must not issue tokens with the scope ${scope}`),
    ...unless(
      client.supportedIdentityProviders.every((provider) => provider === "COGNITO"),
      "must sign in users of its own pool only",
    ),
    ...unless(
      client.idTokenValidity === 1 &&
        client.accessTokenValidity === 1 &&
        hours.safeParse(client.tokenValidityUnits).success,
      "must issue tokens that expire after one hour",
    ),
  ],
);

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";

const seconds = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };
const unit = z.enum(["seconds", "minutes", "hours", "days"]);

/** A refresh token that was stolen works until its owner has refreshed, and not beside the owner's. */
const refreshTokensRotate = ruleFor(
  "refresh-tokens-rotate",
  CLIENT,
  z.object({
    explicitAuthFlows: z.array(z.string()).default(["ALLOW_REFRESH_TOKEN_AUTH"]),
    refreshTokenValidity: z.number().default(30),
    tokenValidityUnits: z.object({ refreshToken: unit.default("days") }).prefault({}),
    refreshTokenRotation: z
      .object({ feature: z.string(), retryGracePeriodSeconds: z.number().default(0) })
      .optional(),
  }),
  ({ explicitAuthFlows, refreshTokenRotation: rotation, refreshTokenValidity, ...client }) => [
    ...unless(
      refreshTokenValidity * seconds[client.tokenValidityUnits.refreshToken] <= 30 * seconds.days,
      "must not refresh for more than 30 days after a sign-in",
    ),
    ...unless(rotation?.feature === "ENABLED", "must replace a refresh token when it is used"),
    ...unless(
      (rotation?.retryGracePeriodSeconds ?? 0) <= 30,
      "must not take a refresh token again after 30 seconds",
    ),
    ...unless(
      !explicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH"),
      "must not refresh by a flow that does not replace the token",
    ),
  ],
);

/** The attributes that no decision may rest on, and what a user signs in with. */
const writable = ["email", "locale"];

const clientsWriteNamedAttributes = ruleFor(
  "clients-write-named-attributes",
  CLIENT,
  z.object({
    readAttributes: z.array(z.string()).default([]),
    writeAttributes: z.array(z.string()).default([]),
  }),
  ({ readAttributes, writeAttributes }) => [
    ...unless(readAttributes.length > 0, "must name the attributes that it may read"),
    // The provider ignores an empty list: hashicorp/terraform-provider-aws#28684.
    ...unless(writeAttributes.length > 0, "must name at least one attribute that it may write"),
    ...writeAttributes
      .filter((name) => !writable.includes(name))
      .map((name) => `must not let users write ${name}`),
  ],
);

/** Every rule about user pools. */
export const identityRules = [
  poolsRequireStrongPasswords,
  poolsVerifyAddresses,
  poolsIgnoreCase,
  clientsAreHardened,
  refreshTokensRotate,
  clientsWriteNamedAttributes,
];
