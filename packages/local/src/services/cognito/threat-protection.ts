/**
 * Threat protection, as far as it is about passwords that others know (documented:
 * COGNITO/cognito-user-pool-settings-compromised-credentials). It assesses no other risk here.
 */
import { CompromisedPasswordError, isCompromised } from "./compromised-passwords.ts";
import { passwordResetRequired } from "./errors.ts";
import type { Owner, User } from "./model.ts";
import { checkPolicy } from "./passwords.ts";
import { WHOLE_POOL, type CheckedEvent } from "./plus-plan.ts";

/**
 * Checks a password that a user chooses.
 * @throws AwsError InvalidPasswordException for one that the policy does not take, or that others know
 * (the message is recorded: Badsworth/pfml_scripts).
 */
export function checkNewPassword(
  owner: Owner,
  event: Exclude<CheckedEvent, "SIGN_IN">,
  password: string,
): void {
  checkPolicy(owner.pool.settings.passwordPolicy, password);
  if (!isBlocked(owner, event, password)) return;
  const message = "Provided password cannot be used for security reasons.";
  throw new CompromisedPasswordError("InvalidPasswordException", message);
}

/**
 * Ends the sign-in of a user whose right password others know: another one must be set first. That the
 * first such sign-in gets the error of those after it, and that no code is sent, is assumed.
 * @throws AwsError PasswordResetRequiredException
 */
export function refuseCompromised(now: number, owner: Owner, user: User, password: string): void {
  if (!user.enabled || user.status === "UNCONFIRMED") return;
  if (!isBlocked(owner, "SIGN_IN", password)) return;
  user.status = "RESET_REQUIRED";
  user.challenges.clear();
  user.modifiedAt = now;
  const { code, message } = passwordResetRequired();
  throw new CompromisedPasswordError(code, message);
}

function isBlocked({ pool, client }: Owner, event: CheckedEvent, password: string): boolean {
  const { blocks = [] } = pool.risks.get(client.id) ?? pool.risks.get(WHOLE_POOL) ?? {};
  return (
    pool.settings.threatProtection === "ENFORCED" &&
    blocks.includes(event) &&
    isCompromised(password)
  );
}
