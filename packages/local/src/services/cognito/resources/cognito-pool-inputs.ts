/** What the local cloud takes of a user pool's inputs, and what of them it does not enforce. */
import * as z from "zod";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { UserPoolSettings } from "../settings.ts";
import { emailConfiguration, senderOf } from "./email-configuration.ts";
import { unsupportedHere } from "../../../provider/rejected-inputs.ts";
import { limitationsOf, type Limitation } from "../../../provider/limitations.ts";

const passwordPolicy = z.strictObject({
  minimumLength: z.int().optional(),
  requireLowercase: z.boolean().optional(),
  requireUppercase: z.boolean().optional(),
  requireNumbers: z.boolean().optional(),
  requireSymbols: z.boolean().optional(),
  temporaryPasswordValidityDays: z.int().optional(),
  passwordHistorySize: z.int().min(0).max(24).default(0),
});

/** The attribute that users sign in with here; every pool already requires it. */
const emailSchema = z.strictObject({
  name: z.literal("email", "the local cloud has no schema for attributes other than email"),
  attributeDataType: z.literal("String"),
  developerOnlyAttribute: z.literal(false).optional(),
  mutable: z.boolean().optional(),
  required: z.boolean().optional(),
  stringAttributeConstraints: z
    .strictObject({ minLength: z.string().optional(), maxLength: z.string().optional() })
    .optional(),
});

const adminCreateUserConfig = z.strictObject({
  allowAdminCreateUserOnly: z.boolean().default(false),
  /** No mail is sent here, so what it would say has no effect. */
  inviteMessageTemplate: z.record(z.string(), z.string()).optional(),
});

/** The inputs of a user pool that have an effect here, or would have one on AWS. */
export const userPoolInputs = z
  .strictObject({
    name: z.string().optional(),
    usernameAttributes: z.array(z.enum(["email"])).optional(),
    autoVerifiedAttributes: z.array(z.enum(["email"])).optional(),
    userAttributeUpdateSettings: z
      .strictObject({ attributesRequireVerificationBeforeUpdates: z.array(z.enum(["email"])) })
      .optional(),
    usernameConfiguration: z.strictObject({ caseSensitive: z.boolean() }).optional(),
    adminCreateUserConfig: adminCreateUserConfig.default({ allowAdminCreateUserOnly: false }),
    passwordPolicy: passwordPolicy.optional(),
    mfaConfiguration: z.enum(["OFF", "OPTIONAL", "ON"]).optional(),
    softwareTokenMfaConfiguration: z.strictObject({ enabled: z.boolean() }).optional(),
    signInPolicy: z
      .strictObject({
        allowedFirstAuthFactors: z.array(
          z.literal("PASSWORD", "the local cloud signs users in only with passwords"),
        ),
      })
      .optional(),
    emailConfiguration: emailConfiguration.optional(),
    schemas: z.array(emailSchema).optional(),
    deletionProtection: z.enum(["ACTIVE", "INACTIVE"]).optional(),
    userPoolTier: z.enum(["LITE", "ESSENTIALS", "PLUS"]).optional(),
    userPoolAddOns: z
      .strictObject({
        advancedSecurityMode: z.enum(["OFF", "AUDIT", "ENFORCED"]),
        advancedSecurityAdditionalFlows: z
          .strictObject({ customAuthMode: z.enum(["AUDIT", "ENFORCED"]).optional() })
          .optional(),
      })
      .optional(),
  })
  .refine(hasFactor, {
    path: ["mfaConfiguration"],
    error:
      "the local cloud asks for MFA only with authenticators: softwareTokenMfaConfiguration: { enabled: true }",
    params: unsupportedHere,
  });

/** AWS too requires a factor where it is to ask for one. */
function hasFactor(inputs: {
  mfaConfiguration?: string | undefined;
  softwareTokenMfaConfiguration?: { enabled: boolean } | undefined;
}): boolean {
  const { mfaConfiguration: mfa = "OFF", softwareTokenMfaConfiguration: authenticators } = inputs;
  return mfa === "OFF" || authenticators?.enabled === true;
}

type UserPoolInputs = z.infer<typeof userPoolInputs>;

/** The settings that Cognito here works by. */
export function poolSettings(
  inputs: UserPoolInputs,
  name: string,
  environment: AwsEnvironment,
): UserPoolSettings {
  const { passwordHistorySize: _history, ...policy } = inputs.passwordPolicy ?? {};
  return {
    name,
    usernameAttributes: inputs.usernameAttributes,
    autoVerifiedAttributes: inputs.autoVerifiedAttributes,
    verifiedBeforeUpdate:
      inputs.userAttributeUpdateSettings?.attributesRequireVerificationBeforeUpdates,
    passwordPolicy: inputs.passwordPolicy === undefined ? undefined : policy,
    mfaConfiguration: inputs.mfaConfiguration,
    caseSensitive: inputs.usernameConfiguration?.caseSensitive ?? true,
    allowAdminCreateUserOnly: inputs.adminCreateUserConfig.allowAdminCreateUserOnly,
    tier: inputs.userPoolTier,
    threatProtection: inputs.userPoolAddOns?.advancedSecurityMode,
    sender: inputs.emailConfiguration && senderOf(inputs.emailConfiguration, environment),
  };
}

/** What AWS would enforce of a user pool beyond that. */
export function userPoolLimitations(inputs: UserPoolInputs): Limitation[] {
  const { passwordPolicy: policy, userPoolTier: tier, emailConfiguration: email } = inputs;
  return limitationsOf(
    [
      (policy?.passwordHistorySize ?? 0) > 0,
      {
        service: "Cognito",
        text: "a former password can be chosen again, whatever the password history",
      },
    ],
    [
      email?.emailSendingAccount === "DEVELOPER",
      {
        service: "Cognito",
        text: "every SES identity of the account counts as verified, in any Region, and sends without limit",
      },
    ],
    [
      tier === "LITE",
      { service: "Cognito", text: "a pool of the Lite plan has the features of Essentials" },
    ],
  );
}
