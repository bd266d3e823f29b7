/** Limits of user pools, their clients and domains. */
import * as z from "zod";
import { inputs, part, text, whole, type Limits } from "./checks.ts";

/** Documented: COGNITO/cognito-user-pools-assign-domain-prefix; a domain of one's own has dots. */
const domain = text(63, /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/).regex(
  /^(?!.*(?:aws|amazon|cognito))/,
  {
    error: "must not contain aws, amazon or cognito",
  },
);

const url = text(1_024, /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);

const seconds = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };
const unit = z.enum(["seconds", "minutes", "hours", "days"]);

const validity = z.object({
  idTokenValidity: z.int().optional(),
  accessTokenValidity: z.int().optional(),
  refreshTokenValidity: z.int().optional(),
  tokenValidityUnits: z
    .object({ idToken: unit, accessToken: unit, refreshToken: unit })
    .partial()
    .optional(),
});

/**
 * The validities, their units unless one is given, and the range in seconds. A refresh token outlives
 * the others (COGNITO-API/CreateUserPoolClient).
 */
const validities = [
  ["idToken", "hours", 300, 86_400],
  ["accessToken", "hours", 300, 86_400],
  ["refreshToken", "days", 3_600, 315_360_000],
] as const;

function checkValidity(client: unknown, context: z.core.$RefinementCtx): void {
  const { data = {} } = validity.safeParse(client);
  let longest = 0;
  for (const [token, otherwise, min, max] of validities) {
    const value = data[`${token}Validity`];
    if (value === undefined) continue;
    const time = value * seconds[data.tokenValidityUnits?.[token] ?? otherwise];
    const least = token === "refreshToken" ? Math.max(min, longest) : min;
    if (time < least || time > max) {
      const message = `must be ${least} to ${max} seconds`;
      context.addIssue({ code: "custom", path: [`${token}Validity`], message });
    }
    longest = Math.max(longest, time);
  }
}

const mail = part({ subject: text(140), htmlBody: text(20_000), textBody: text(20_000) });

/** By type. */
export const identity: Limits = {
  "aws:cognito/userPool:UserPool": inputs({
    name: text(128, /^[\w\s+=,.@-]+$/),
    mfaConfiguration: z.enum(["OFF", "ON", "OPTIONAL"]),
    userPoolTier: z.enum(["LITE", "ESSENTIALS", "PLUS"]),
    emailConfiguration: part({ sourceArn: text(2_048), fromEmailAddress: text(2_048) }),
    passwordPolicy: part({
      minimumLength: whole(6, 99),
      temporaryPasswordValidityDays: whole(0, 365),
      passwordHistorySize: whole(0, 24),
    }),
    accountRecoverySetting: part({
      recoveryMechanisms: z.array(part({ priority: whole(1, 2) })).max(2),
    }),
  }),
  "aws:cognito/riskConfiguration:RiskConfiguration": inputs({
    accountTakeoverRiskConfiguration: part({
      notifyConfiguration: part({ sourceArn: text(2_048), blockEmail: mail, mfaEmail: mail }),
    }),
    compromisedCredentialsRiskConfiguration: part({
      eventFilters: z.array(z.enum(["SIGN_IN", "SIGN_UP", "PASSWORD_CHANGE"])),
    }),
  }),
  "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration": inputs({
    logConfigurations: z.array(z.looseObject({})).max(2),
  }),
  "aws:cognito/userPoolClient:UserPoolClient": inputs({
    name: text(128, /^[\w\s+=,.@-]+$/),
    authSessionValidity: whole(3, 15),
    refreshTokenRotation: part({ retryGracePeriodSeconds: whole(0, 60) }),
    callbackUrls: z.array(url).max(100),
    logoutUrls: z.array(url).max(100),
    allowedOauthFlows: z.array(z.enum(["code", "implicit", "client_credentials"])).max(3),
    allowedOauthScopes: z.array(text(256)).max(50),
  }).superRefine(checkValidity),
  "aws:cognito/userPoolDomain:UserPoolDomain": inputs({ domain }),
};
