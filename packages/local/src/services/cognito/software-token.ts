/** A user's authenticator: its secret, its codes, and whether it is asked for at sign-in. */
import { randomBytes } from "node:crypto";
import { encodeBase32 } from "./base32.ts";
import { equalInConstantTime } from "./constant-time.ts";
import type { Pool, SoftwareToken, User } from "./model.ts";
import { totpCode, totpStepAt } from "./totp.ts";

/** A new secret, in base32. */
export function newTotpSecret(): string {
  return encodeBase32(randomBytes(32));
}

/** The latest step near a time whose code is the given one; see the tolerance there. */
export function matchingStep(secret: string, code: string, now: number): number | undefined {
  const step = totpStepAt(now);
  // Documented: codes "within 30 seconds before or after the attempt" (COGNITO/user-pool-settings-mfa-totp).
  const near = [step - 1, step, step + 1];
  return near.findLast((candidate) => equalInConstantTime(totpCode(secret, candidate), code));
}

/** Takes a code, which is then used up with those before it; false for one that is wrong or used up. */
export function takeCode(token: SoftwareToken | undefined, code: string, now: number): boolean {
  if (token === undefined) return false;
  const step = matchingStep(token.secret, code, now);
  if (step === undefined || step <= token.usedStep) return false;
  token.usedStep = step;
  return true;
}

/**
 * What a sign-in of a user needs after the password (documented: COGNITO/user-pool-settings-mfa). Where
 * MFA is optional that page also says to ask everyone with an authenticator; here it is those who
 * turned it on, as COGNITO-API/SetUserMFAPreference has it.
 */
export function secondFactor(
  { settings }: Pool,
  { softwareToken, totpMfa }: User,
): "SOFTWARE_TOKEN_MFA" | "MFA_SETUP" | undefined {
  if (settings.mfaConfiguration === "OFF") return undefined;
  if (settings.mfaConfiguration === "OPTIONAL") {
    return softwareToken && totpMfa.enabled ? "SOFTWARE_TOKEN_MFA" : undefined;
  }
  return softwareToken ? "SOFTWARE_TOKEN_MFA" : "MFA_SETUP";
}

/** The members by which the API shows what a user turned on. */
export function mfaSettings({ totpMfa }: User): object {
  if (!totpMfa.enabled) return {};
  const setting = "SOFTWARE_TOKEN_MFA";
  const preferred = totpMfa.preferred ? { PreferredMfaSetting: setting } : {};
  return { UserMFASettingList: [setting], ...preferred };
}
