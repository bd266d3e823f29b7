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

/** A new address that nobody verified could be a stranger's, and get the codes that reset a password. */
const poolsVerifyAddresses = ruleFor(
  "pools-verify-new-addresses",
  USER_POOL,
  z.object({
    userAttributeUpdateSettings: z
      .object({ attributesRequireVerificationBeforeUpdates: z.array(z.string()) })
      .optional(),
  }),
  ({ userAttributeUpdateSettings: settings }) =>
    unless(
      settings?.attributesRequireVerificationBeforeUpdates.includes("email") === true,
      "must verify a new e-mail address before it takes effect",
    ),
);

const hours = z.object({ idToken: z.literal("hours"), accessToken: z.literal("hours") });

const clientsAreHardened = ruleFor(
  "clients-are-hardened",
  "aws:cognito/userPoolClient:UserPoolClient",
  z.object({
    preventUserExistenceErrors: z.string().optional(),
    enableTokenRevocation: z.boolean().optional(),
    allowedOauthFlows: z.array(z.string()).default([]),
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
    ...unless(
      client.idTokenValidity === 1 &&
        client.accessTokenValidity === 1 &&
        hours.safeParse(client.tokenValidityUnits).success,
      "must issue tokens that expire after one hour",
    ),
  ],
);

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";

/** A refresh token that was stolen works until its owner has refreshed, and not beside the owner's. */
const refreshTokensRotate = ruleFor(
  "refresh-tokens-rotate",
  CLIENT,
  z.object({
    explicitAuthFlows: z.array(z.string()).default(["ALLOW_REFRESH_TOKEN_AUTH"]),
    refreshTokenRotation: z
      .object({ feature: z.string(), retryGracePeriodSeconds: z.number().default(0) })
      .optional(),
  }),
  ({ explicitAuthFlows, refreshTokenRotation: rotation }) => [
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
  clientsAreHardened,
  refreshTokensRotate,
  clientsWriteNamedAttributes,
];
