/** A forgotten password: ForgotPassword and ConfirmForgotPassword. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { logActivity } from "./activity-log.ts";
import { isCodeOf, redeemCode } from "./codes.ts";
import * as member from "./context.ts";
import { sendCode, sendCodeToNamed } from "./delivery.ts";
import { codeMismatch, hidesUsers, invalidParameter, notAuthorized } from "./errors.ts";
import type { Client, Owner, Pool, User } from "./model.ts";
import { namedUser, type NamedUser, type Naming } from "./named-user.ts";
import { checkNewPassword } from "./threat-protection.ts";
import { setPassword } from "./users.ts";

/** The operations of account recovery. */
export function recoveryOperations(context: member.Context): JsonOperations {
  const { byClient } = context.pools;
  return {
    ForgotPassword: operation(z.strictObject(member.naming), (input) =>
      forgotPassword(context, byClient(input.ClientId), input),
    ),

    ConfirmForgotPassword: operation(
      z.strictObject({
        ...member.naming,
        ConfirmationCode: member.confirmationCode,
        Password: member.password,
      }),
      (input) => confirmForgotPassword(context, byClient(input.ClientId), input),
    ),
  };
}

/** Sends a code that lets its user set another password. */
export function forgotPassword(
  context: member.Context,
  owner: Owner,
  { Username, SecretHash }: Naming,
): object {
  const named = namedUser(owner, Username, SecretHash);
  context.admit("ForgotPassword", named.key);
  const address = named.user && recoveryAddress(named.user, named.client);
  const message = { purpose: "forgotPassword", kind: "ForgotPassword" } as const;
  const activity = { type: "ForgotPassword", name: Username, isOpen: () => true } as const;
  return logActivity(context, owner, activity, () => ({
    CodeDeliveryDetails: sendCodeToNamed(context, named, message, address),
  }));
}

type ForgottenPassword = Naming & { ConfirmationCode: string; Password: string };

/** Sets another password by the code that was sent. @throws AwsError for another. */
export function confirmForgotPassword(
  context: member.Context,
  owner: Owner,
  input: ForgottenPassword,
): object {
  const named = namedUser(owner, input.Username, input.SecretHash);
  context.admit("ConfirmForgotPassword", named.key);
  const { Username: name, Password: password } = input;
  const activity = { type: "ForgotPassword", name, password } as const;
  return logActivity(context, owner, activity, () => setForgotten(context, named, input));
}

function setForgotten({ now }: member.Context, named: NamedUser, input: ForgottenPassword): object {
  const { client, pool } = named;
  // Before anything that depends on the user (assumed), or the response would reveal them.
  checkNewPassword(named, "PASSWORD_CHANGE", input.Password);
  const isRight = isCodeOf(named.user, "forgotPassword", input.ConfirmationCode);
  if (named.user?.enabled === false) {
    throw hidesUsers(client) ? codeMismatch() : notAuthorized("User is disabled.");
  }
  const user = redeemCode(named, "forgotPassword", isRight, now());
  setPassword(pool, user, input.Password, undefined);
  user.modifiedAt = now();
  return {};
}

/**
 * Invalidates a user's password, as an administrator, and sends the code that lets its user set another one
 * (documented: COGNITO-API/AdminResetUserPassword).
 * @throws AwsError for a user without an address to send it to.
 */
export function resetPassword(context: member.Context, pool: Pool, user: User): void {
  const address = requireAddress(user);
  user.status = "RESET_REQUIRED";
  user.challenges.clear();
  user.modifiedAt = context.now();
  sendCode(context, pool, user, { purpose: "forgotPassword", kind: "ForgotPassword" }, address);
}

/**
 * The verified address for a reset code; undefined when there is none and the client has
 * PreventUserExistenceErrors (documented).
 * @throws AwsError with the reason, for other clients.
 */
function recoveryAddress(user: User, client: Client): string | undefined {
  try {
    return requireAddress(user);
  } catch (error) {
    if (hidesUsers(client)) return undefined;
    throw error;
  }
}

/** The verified address of a user. @throws AwsError with the reason why there is none to send a code to. */
function requireAddress(user: User): string {
  const email = user.attributes.get("email");
  const verified = user.attributes.get("email_verified") === "true";
  const canReset = user.status === "CONFIRMED" || user.status === "RESET_REQUIRED";
  if (email !== undefined && verified && user.enabled && canReset) return email;
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    throw notAuthorized("User password cannot be reset in the current state.");
  }
  throw invalidParameter(
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
  );
}
