/** Rules about the user pools of protected stages. */
import * as z from "zod";
import { ruleFor, unless } from "../graph.ts";

const USER_POOL = "aws:cognito/userPool:UserPool";

const poolsRequireMfa = ruleFor(
  "pools-require-mfa",
  USER_POOL,
  z.object({
    mfaConfiguration: z.string().optional(),
    softwareTokenMfaConfiguration: z.object({ enabled: z.boolean() }).optional(),
    smsConfiguration: z.unknown().optional(),
    emailMfaConfiguration: z.unknown().optional(),
    deviceConfiguration: z.unknown().optional(),
  }),
  (pool) => [
    ...unless(pool.mfaConfiguration === "ON", "must require a second factor"),
    ...unless(
      pool.softwareTokenMfaConfiguration?.enabled === true &&
        pool.smsConfiguration === undefined &&
        pool.emailMfaConfiguration === undefined,
      "must take codes of an authenticator only as second factor",
    ),
    // Documented: COGNITO/amazon-cognito-user-pools-device-tracking.
    ...unless(
      pool.deviceConfiguration === undefined,
      "must remember no devices, which sign in without a second factor",
    ),
  ],
);

const poolsAreKept = ruleFor(
  "pools-are-protected-from-deletion",
  USER_POOL,
  z.object({ deletionProtection: z.string().optional() }),
  ({ deletionProtection }) =>
    unless(deletionProtection === "ACTIVE", "must be protected from deletion"),
);

const administratorsCreateUsers = ruleFor(
  "administrators-create-users",
  USER_POOL,
  z.object({
    adminCreateUserConfig: z.object({ allowAdminCreateUserOnly: z.boolean() }).partial().optional(),
  }),
  ({ adminCreateUserConfig }) =>
    unless(
      adminCreateUserConfig?.allowAdminCreateUserOnly === true,
      "must let only administrators create users",
    ),
);

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";

/** The code would go to a program that has a port of the user's machine, or to the host of a stranger. */
const callbacksAreSafe = (named: readonly string[]) =>
  ruleFor(
    "call-backs-are-https",
    CLIENT,
    z.object({
      callbackUrls: z.array(z.string()).default([]),
      logoutUrls: z.array(z.string()).default([]),
    }),
    ({ callbackUrls, logoutUrls }) =>
      [...new Set([...callbackUrls, ...logoutUrls])].flatMap((url) => [
        ...unless(
          url.startsWith("https://"),
          `must not lead a signed-in user to ${url}, which is not https`,
        ),
        ...unless(
          named.includes(url),
          `must not lead a signed-in user to ${url}, which callbackUrls does not name`,
        ),
      ]),
  );

/** An address that its user can change is one that another can take over. */
const administratorsChangeAddresses = ruleFor(
  "administrators-change-addresses",
  CLIENT,
  z.object({ writeAttributes: z.array(z.string()).default(["email"]) }),
  ({ writeAttributes }) =>
    unless(!writeAttributes.includes("email"), "must not let users write email"),
);

/** Flows in which Cognito gets no password, whatever the client; each other is refused by its name. */
const withoutPassword = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];

/** Without named flows Cognito takes these two and a custom one (documented: COGNITO-API/CreateUserPoolClient). */
const signInsProvePasswords = ruleFor(
  "sign-ins-send-no-password",
  CLIENT,
  z.object({ explicitAuthFlows: z.array(z.string()).default([]) }),
  ({ explicitAuthFlows }) =>
    explicitAuthFlows
      .filter((flow) => !withoutPassword.includes(flow))
      .map((flow) => `must not sign users in by ${flow}: SRP proves a password unsent`),
);

/** Every rule about the user pools of a protected stage with these call-back addresses. */
export const protectedIdentityRules = (callbackUrls: readonly string[]) => [
  poolsRequireMfa,
  poolsAreKept,
  administratorsCreateUsers,
  administratorsChangeAddresses,
  callbacksAreSafe(callbackUrls),
  signInsProvePasswords,
];
