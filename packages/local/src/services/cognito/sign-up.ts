/** Signing up: SignUp, ConfirmSignUp, ResendConfirmationCode. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { logActivity } from "./activity-log.ts";
import { attributesFrom, type Attribute } from "./attributes.ts";
import { checkSecretHash } from "./client-secret.ts";
import { isCodeOf, redeemCode } from "./codes.ts";
import * as member from "./context.ts";
import { sendCode, sendCodeToNamed } from "./delivery.ts";
import { hidesUsers, invalidParameter, notAuthorized } from "./errors.ts";
import type { Client, Owner, User } from "./model.ts";
import { namedUser, type Naming } from "./named-user.ts";
import { checkNewPassword } from "./threat-protection.ts";
import { addUser, newIdentity, passwordOf } from "./users.ts";

/** The operations of self-service sign-up. */
export function signUpOperations(context: member.Context): JsonOperations {
  const { byClient } = context.pools;
  return {
    SignUp: operation(
      z.strictObject({
        ...member.naming,
        Password: member.password,
        UserAttributes: member.userAttributes.default([]),
      }),
      (input) => signUp(context, byClient(input.ClientId), input),
    ),

    ConfirmSignUp: operation(
      z.strictObject({ ...member.naming, ConfirmationCode: member.confirmationCode }),
      (input) => confirmSignUp(context, byClient(input.ClientId), input),
    ),

    ResendConfirmationCode: operation(z.strictObject(member.naming), (input) =>
      resendConfirmationCode(context, byClient(input.ClientId), input),
    ),
  };
}

type SignUpInput = Naming & { Password: string; UserAttributes: readonly Attribute[] };

/** Creates an unconfirmed user, and sends the code that confirms them. */
export function signUp(context: member.Context, owner: Owner, input: SignUpInput): object {
  context.admit("SignUp");
  checkSecretHash(owner.client, input.Username, input.SecretHash);
  if (owner.pool.settings.allowAdminCreateUserOnly) {
    throw notAuthorized("SignUp is not permitted for this user pool");
  }
  const { Username: name, Password: password } = input;
  const activity = { type: "SignUp", name, password, isOpen: () => true } as const;
  return logActivity(context, owner, activity, () => createUser(context, owner, input));
}

function createUser(context: member.Context, { pool, client }: Owner, input: SignUpInput): object {
  const attributes = attributesFrom(input.UserAttributes, client);
  checkNewPassword({ pool, client }, "SIGN_UP", input.Password);
  const identity = newIdentity(pool, input.Username);
  const password = passwordOf(pool, identity, input.Password);
  const rest = { status: "UNCONFIRMED", temporaryUntil: undefined } as const;
  const user = addUser(
    pool,
    { ...identity, name: input.Username, attributes, password, ...rest },
    context.now(),
  );
  const email = user.attributes.get("email");
  const sends = pool.settings.autoVerifiedAttributes.includes("email") && email !== undefined;
  const message = { purpose: "signUp", kind: "SignUp" } as const;
  const details = sends
    ? { CodeDeliveryDetails: sendCode(context, pool, user, message, email) }
    : {};
  return { UserConfirmed: false, UserSub: user.sub, ...details };
}

/** Confirms a user by the code that was sent. @throws AwsError for another. */
export function confirmSignUp(
  { now, admit }: member.Context,
  owner: Owner,
  { Username, SecretHash, ConfirmationCode: code }: Naming & { ConfirmationCode: string },
): object {
  const named = namedUser(owner, Username, SecretHash);
  admit("ConfirmSignUp", named.key);
  const isRight = isCodeOf(named.user, "signUp", code);
  const learnsStatus = isRight || !hidesUsers(named.client);
  if (named.user && named.user.status !== "UNCONFIRMED" && learnsStatus) {
    throw notAuthorized(`User cannot be confirmed. Current status is ${named.user.status}`);
  }
  const user = redeemCode(named, "signUp", isRight, now());
  user.status = "CONFIRMED";
  user.attributes.set("email_verified", "true");
  user.modifiedAt = now();
  return {};
}

/** Sends another code to a user who is not confirmed. */
export function resendConfirmationCode(
  context: member.Context,
  owner: Owner,
  { Username, SecretHash }: Naming,
): object {
  const named = namedUser(owner, Username, SecretHash);
  context.admit("ResendConfirmationCode", named.key);
  if (!owner.pool.settings.autoVerifiedAttributes.includes("email")) throw cannotResend();
  const address = named.user && confirmationAddress(named.user, named.client);
  const message = { purpose: "signUp", kind: "ResendCode" } as const;
  return logActivity(context, owner, { type: "ResendCode", name: Username }, () => ({
    CodeDeliveryDetails: sendCodeToNamed(context, named, message, address),
  }));
}

/**
 * The address of a user who can still be confirmed; undefined when there is none and the client has
 * PreventUserExistenceErrors (documented for disabled users, reported for confirmed ones:
 * aws-amplify/amplify-js#14762).
 * @throws AwsError with the reason, for other clients.
 */
function confirmationAddress(user: User, client: Client): string | undefined {
  const email = user.attributes.get("email");
  if (email !== undefined && user.enabled && user.status === "UNCONFIRMED") return email;
  if (hidesUsers(client)) return undefined;
  if (!user.enabled) throw notAuthorized("User is disabled.");
  throw email === undefined ? cannotResend() : invalidParameter("User is already confirmed.");
}

function cannotResend(): Error {
  return invalidParameter("Cannot resend codes. Auto verification not turned on.");
}
