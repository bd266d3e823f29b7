/** Operations on the second factor: users register an authenticator, and turn it on. */
import * as z from "zod";
import { AwsError } from "../../aws-protocol/errors.ts";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { challengeBySession, openChallenge } from "./challenges.ts";
import { accessToken, userPoolId, username, type Context } from "./context.ts";
import { invalidParameter } from "./errors.ts";
import type { Pool, User } from "./model.ts";
import { matchingStep, newTotpSecret } from "./software-token.ts";
import { checkAccessToken } from "./tokens.ts";
import { requireUser } from "./users.ts";

/** Exactly one of them authorizes. */
const authorization = {
  AccessToken: accessToken.optional(),
  Session: z.string().min(20).max(2048).optional(),
};
interface Authorization {
  AccessToken?: string | undefined;
  Session?: string | undefined;
}

const onlyAuthenticators = z
  .strictObject({
    Enabled: z.literal(false, "The local cloud supports only authenticators").optional(),
    PreferredMfa: z.literal(false, "The local cloud supports only authenticators").optional(),
  })
  .optional();

const preference = {
  SoftwareTokenMfaSettings: z
    .strictObject({ Enabled: z.boolean().default(false), PreferredMfa: z.boolean().default(false) })
    .optional(),
  SMSMfaSettings: onlyAuthenticators,
  EmailMfaSettings: onlyAuthenticators,
};
type Preference = z.infer<z.ZodObject<typeof preference>>;

/** The user who may register an authenticator; `next` keeps its secret, and returns the session to go on with. */
async function registrant(context: Context, { AccessToken, Session }: Authorization) {
  if ((AccessToken === undefined) === (Session === undefined)) {
    throw invalidParameter("Exactly one of AccessToken and Session is required.");
  }
  if (Session === undefined) {
    const { pool, user } = await checkAccessToken(context, AccessToken ?? "");
    const next = (secret?: string) => {
      user.pendingSecret = secret;
      return undefined;
    };
    return { pool, user, pendingSecret: user.pendingSecret, next };
  }
  const { pool, client, user, pendingSecret, close } = challengeBySession(
    context,
    "MFA_SETUP",
    Session,
  );
  const next = (secret?: string) => {
    close();
    return openChallenge(context, client, user, "MFA_SETUP", secret);
  };
  return { pool, user, pendingSecret, next };
}

/** Gives a user the secret of an authenticator, which a code has to verify. */
export async function associateSoftwareToken(context: Context, by: Authorization) {
  context.admit("AssociateSoftwareToken");
  const { pool, next } = await registrant(context, by);
  requireMfa(pool);
  const SecretCode = newTotpSecret();
  return { SecretCode, Session: next(SecretCode) };
}

/** Registers the authenticator that a code is of. @throws AwsError for another code. */
export async function verifySoftwareToken(
  context: Context,
  input: Authorization & { UserCode: string; FriendlyDeviceName?: string | undefined },
) {
  const { admit, now } = context;
  admit("VerifySoftwareToken");
  const { pool, user, pendingSecret: secret, next } = await registrant(context, input);
  requireMfa(pool);
  if (secret === undefined) throw invalidParameter(notSetUp);
  const usedStep = matchingStep(secret, input.UserCode, now());
  if (usedStep === undefined) {
    const message = "Code mismatch and fail enable Software Token MFA";
    throw new AwsError("EnableSoftwareTokenMFAException", message);
  }
  user.softwareToken = { secret, friendlyName: input.FriendlyDeviceName, usedStep };
  user.modifiedAt = now();
  // A session from before the authenticator must not pass by it.
  user.challenges.clear();
  return { Status: "SUCCESS", Session: next() };
}

/** The operations (documented: COGNITO/user-pool-settings-mfa-totp). */
export function mfaOperations(context: Context): JsonOperations {
  const { pools, now, admit } = context;
  return {
    AssociateSoftwareToken: operation(z.strictObject(authorization), (input) =>
      associateSoftwareToken(context, input),
    ),

    VerifySoftwareToken: operation(
      z.strictObject({
        ...authorization,
        UserCode: z.string().regex(/^\d{6}$/, "Expected six digits"),
        FriendlyDeviceName: z.string().max(256).optional(),
      }),
      (input) => verifySoftwareToken(context, input),
    ),

    SetUserMFAPreference: operation(
      z.strictObject({ AccessToken: accessToken, ...preference }),
      async (input) => {
        admit("SetUserMFAPreference");
        const { user } = await checkAccessToken(context, input.AccessToken);
        const hasSecret = user.pendingSecret !== undefined;
        setPreference(user, input, hasSecret ? notVerified : notSetUp);
        user.modifiedAt = now();
        return {};
      },
    ),

    AdminSetUserMFAPreference: operation(
      z.strictObject({ UserPoolId: userPoolId, Username: username, ...preference }),
      (input) => {
        const user = requireUser(pools.pool(input.UserPoolId), input.Username);
        const message = "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA";
        setPreference(user, input, message);
        user.modifiedAt = now();
        return {};
      },
    ),

    GetUserPoolMfaConfig: operation(z.strictObject({ UserPoolId: userPoolId }), (input) => {
      const { mfaConfiguration } = pools.pool(input.UserPoolId).settings;
      const SoftwareTokenMfaConfiguration = { Enabled: mfaConfiguration !== "OFF" };
      return { SoftwareTokenMfaConfiguration, MfaConfiguration: mfaConfiguration };
    }),
  };
}

/** Recorded: aws-amplify/amplify-js, packages/aws-amplify-react/src/Auth/common/constants.ts. */
const notSetUp = "User has not set up software token mfa";
const notVerified = "User has not verified software token mfa";

function requireMfa({ settings }: Pool): void {
  if (settings.mfaConfiguration !== "OFF") return;
  const message = "Software Token MFA has not been enabled by the userPool";
  throw new AwsError("SoftwareTokenMFANotFoundException", message);
}

/** @throws AwsError, with the message `missing`, for a user without an authenticator. */
function setPreference(user: User, { SoftwareTokenMfaSettings }: Preference, missing: string) {
  if (SoftwareTokenMfaSettings === undefined) return;
  const { Enabled: enabled, PreferredMfa: preferred } = SoftwareTokenMfaSettings;
  if (enabled && user.softwareToken === undefined) throw invalidParameter(missing);
  user.totpMfa = { enabled, preferred: enabled && preferred };
}
