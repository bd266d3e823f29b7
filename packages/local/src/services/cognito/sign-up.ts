/** Signing up: SignUp, ConfirmSignUp, ResendConfirmationCode. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { attributesFrom } from "./attributes.ts";
import { checkSecretHash } from "./client-secret.ts";
import { isCodeOf, redeemCode } from "./codes.ts";
import * as member from "./context.ts";
import { sendCode, sendCodeToNamed } from "./delivery.ts";
import { hidesUsers, invalidParameter, notAuthorized } from "./errors.ts";
import type { Client, User } from "./model.ts";
import { namedUser } from "./named-user.ts";
import { checkPolicy } from "./passwords.ts";
import { addUser, newIdentity, passwordOf } from "./users.ts";

const userMembers = {
  ClientId: member.clientId,
  Username: member.username,
  SecretHash: member.secretHash,
  ...member.ignoredOfUser,
};

/** The operations of self-service sign-up. */
export function signUpOperations(context: member.Context): JsonOperations {
  const { pools, now, admit } = context;
  return {
    SignUp: operation(
      z.strictObject({
        ...userMembers,
        Password: member.password,
        UserAttributes: member.userAttributes,
      }),
      (input) => {
        admit("SignUp");
        const { pool, client } = pools.byClient(input.ClientId);
        checkSecretHash(client, input.Username, input.SecretHash);
        if (pool.settings.allowAdminCreateUserOnly) {
          throw notAuthorized("SignUp is not permitted for this user pool");
        }
        const attributes = attributesFrom(input.UserAttributes, client);
        checkPolicy(pool.settings.passwordPolicy, input.Password);
        const identity = newIdentity(pool, input.Username);
        const password = passwordOf(pool, identity, input.Password);
        const rest = { status: "UNCONFIRMED", temporaryUntil: undefined } as const;
        const user = addUser(
          pool,
          { ...identity, name: input.Username, attributes, password, ...rest },
          now(),
        );
        const email = user.attributes.get("email");
        const sends = pool.settings.autoVerifiedAttributes.includes("email") && email !== undefined;
        const message = { purpose: "signUp", kind: "SignUp" } as const;
        const details = sends
          ? { CodeDeliveryDetails: sendCode(context, pool, user, message, email) }
          : {};
        return { UserConfirmed: false, UserSub: user.sub, ...details };
      },
    ),

    ConfirmSignUp: operation(
      z.strictObject({ ...userMembers, ConfirmationCode: z.string().min(1).max(2048) }),
      (input) => {
        const { Username, SecretHash, ConfirmationCode: code } = input;
        const named = namedUser(pools.byClient(input.ClientId), Username, SecretHash);
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
      },
    ),

    ResendConfirmationCode: operation(z.strictObject(userMembers), (input) => {
      const owner = pools.byClient(input.ClientId);
      const named = namedUser(owner, input.Username, input.SecretHash);
      admit("ResendConfirmationCode", named.key);
      if (!owner.pool.settings.autoVerifiedAttributes.includes("email")) throw cannotResend();
      const address = named.user && confirmationAddress(named.user, named.client);
      const message = { purpose: "signUp", kind: "ResendCode" } as const;
      return { CodeDeliveryDetails: sendCodeToNamed(context, named, message, address) };
    }),
  };
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
