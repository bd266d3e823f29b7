/** Settings of user pools and app clients: defaults, limits, and what is rejected. */
import * as z from "zod";
import { isWritable, standard } from "./attribute-names.ts";
import { oauthSettings } from "./oauth-settings.ts";

const onlyEmail = z.enum(["email"], { error: 'The local cloud supports only "email"' });

/** The default policy; a given policy requires only what it names. */
const strictPolicy = {
  minimumLength: 8,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 7,
};

const passwordPolicy = z.strictObject({
  minimumLength: z.int().min(6).max(99).default(8),
  requireLowercase: z.boolean().default(false),
  requireUppercase: z.boolean().default(false),
  requireNumbers: z.boolean().default(false),
  requireSymbols: z.boolean().default(false),
  /** Days; AWS reads 0 as its default of 7. */
  temporaryPasswordValidityDays: z
    .int()
    .min(0)
    .max(365)
    .default(7)
    .transform((days) => (days === 0 ? 7 : days)),
});

/** A user pool's settings (documented with its defaults: COGNITO-API/CreateUserPool). */
export const userPoolSettings = z.strictObject({
  name: z.string().min(1).max(128),
  /** What users sign in with in place of a username. */
  usernameAttributes: z.array(onlyEmail).default([]),
  /** What a confirmed sign-up verifies, by the code that was sent there. */
  autoVerifiedAttributes: z.array(onlyEmail).default([]),
  /** What takes effect only when a code that was sent there has verified it. */
  verifiedBeforeUpdate: z.array(onlyEmail).default([]),
  passwordPolicy: passwordPolicy.default(strictPolicy),
  allowAdminCreateUserOnly: z.boolean().default(false),
  caseSensitive: z.boolean().default(true),
  /** The factor is an authenticator. */
  mfaConfiguration: z.enum(["OFF", "OPTIONAL", "ON"]).default("OFF"),
  /** The plan. */
  tier: z.enum(["LITE", "ESSENTIALS", "PLUS"]).default("ESSENTIALS"),
  /** Whether threat protection only watches, or acts. */
  threatProtection: z.enum(["OFF", "AUDIT", "ENFORCED"]).default("OFF"),
  /** The From address of the pool's mail, where it is not Cognito's own. */
  sender: z.string().optional(),
});

/** Settings before validation. */
export type UserPoolSettings = z.input<typeof userPoolSettings>;
/** Settings with every default filled in. */
export type ResolvedUserPool = z.output<typeof userPoolSettings>;
export type PasswordPolicy = ResolvedUserPool["passwordPolicy"];

/** How an app client may sign users in. */
export const authFlow = z.enum([
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_USER_AUTH",
]);
const rotation = z.strictObject({
  feature: z.enum(["ENABLED", "DISABLED"]),
  /** How long a token that was replaced can be used again; the default is recorded (hashicorp/terraform-provider-aws#45646). */
  retryGracePeriodSeconds: z.int().min(0).max(60).default(0),
});

interface Refreshing {
  explicitAuthFlows?: readonly z.infer<typeof authFlow>[] | undefined;
  refreshTokenRotation: z.infer<typeof rotation>;
}

/** Documented: tokens that rotate are not compatible with that flow (COGNITO/amazon-cognito-user-pools-using-the-refresh-token). */
function isRotationAllowed({ explicitAuthFlows = [], refreshTokenRotation }: Refreshing): boolean {
  const rotates = refreshTokenRotation.feature === "ENABLED";
  return !rotates || !explicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH");
}

/** That a client with rotation has the others by default is assumed. */
function defaultFlows({ refreshTokenRotation }: Refreshing): z.infer<typeof authFlow>[] {
  const others = ["ALLOW_USER_SRP_AUTH" as const, "ALLOW_CUSTOM_AUTH" as const];
  if (refreshTokenRotation.feature === "ENABLED") return others;
  return ["ALLOW_REFRESH_TOKEN_AUTH", ...others];
}

/** The attributes that a client may read or write, if there is a list of them. */
function attributeNames(isPermitted: (name: string) => boolean) {
  const error =
    "Expected a standard attribute that a client may have here, since pools have no custom ones";
  return z.array(z.string().refine(isPermitted, error)).optional();
}

const timeUnit = z.enum(["seconds", "minutes", "hours", "days"]);
const secondsPer = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
const validity = z.int().min(1).optional();

/** Lifetimes of tokens in seconds. */
export interface TokenLifetimes {
  access: number;
  id: number;
  refresh: number;
}

/** An app client's settings (documented with its defaults: COGNITO-API/CreateUserPoolClient). */
export const clientSettings = z
  .strictObject({
    name: z.string().min(1).max(128),
    explicitAuthFlows: z.array(z.string()).pipe(z.array(authFlow)).optional(),
    generateSecret: z.boolean().default(false),
    preventUserExistenceErrors: z.enum(["ENABLED", "LEGACY"]).default("LEGACY"),
    enableTokenRevocation: z.boolean().default(true),
    /** Minutes in which a challenge can be responded to. */
    authSessionValidity: z.int().min(3).max(15).default(3),
    accessTokenValidity: validity,
    idTokenValidity: validity,
    refreshTokenValidity: validity,
    tokenValidityUnits: z
      .strictObject({
        accessToken: timeUnit.default("hours"),
        idToken: timeUnit.default("hours"),
        refreshToken: timeUnit.default("days"),
      })
      .default({ accessToken: "hours", idToken: "hours", refreshToken: "days" }),
    readAttributes: attributeNames((name) => standard.has(name)),
    writeAttributes: attributeNames(isWritable),
    refreshTokenRotation: rotation.default({ feature: "DISABLED", retryGracePeriodSeconds: 0 }),
    ...oauthSettings,
  })
  .refine(isRotationAllowed, {
    path: ["explicitAuthFlows"],
    error: "Refresh tokens cannot rotate with ALLOW_REFRESH_TOKEN_AUTH",
  })
  .transform((settings) => ({
    ...settings,
    explicitAuthFlows: settings.explicitAuthFlows ?? defaultFlows(settings),
    lifetimes: lifetimesOf(settings),
  }))
  .superRefine(({ lifetimes }, context) => {
    const day = secondsPer.days;
    const limits = { access: [300, day], id: [300, day], refresh: [3600, 3650 * day] } as const;
    for (const kind of ["access", "id", "refresh"] as const) {
      const [least, most] = limits[kind];
      if (lifetimes[kind] >= least && lifetimes[kind] <= most) continue;
      context.addIssue({
        code: "custom",
        path: [`${kind}TokenValidity`],
        message: `Invalid range for token validity: ${least} to ${most} seconds`,
      });
    }
  });

/** Settings before validation. */
export type ClientSettings = z.input<typeof clientSettings>;
/** Settings with every default filled in and the lifetimes in seconds. */
export type ResolvedClient = z.output<typeof clientSettings>;

interface Validities {
  accessTokenValidity?: number | undefined;
  idTokenValidity?: number | undefined;
  refreshTokenValidity?: number | undefined;
  tokenValidityUnits: Record<"accessToken" | "idToken" | "refreshToken", z.infer<typeof timeUnit>>;
}

/** Units apply only to a given validity; the defaults are one hour, and thirty days. */
function lifetimesOf(settings: Validities): TokenLifetimes {
  const { accessTokenValidity, idTokenValidity, refreshTokenValidity, tokenValidityUnits } =
    settings;
  const { accessToken, idToken, refreshToken } = tokenValidityUnits;
  return {
    access: (accessTokenValidity ?? 0) * secondsPer[accessToken] || secondsPer.hours,
    id: (idTokenValidity ?? 0) * secondsPer[idToken] || secondsPer.hours,
    refresh: (refreshTokenValidity ?? 0) * secondsPer[refreshToken] || 30 * secondsPer.days,
  };
}
