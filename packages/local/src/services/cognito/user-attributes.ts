/** Users change their own attributes, and verify their address. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { assertMayWrite, attributesFrom, type Attribute } from "./attributes.ts";
import { isCodeOf, redeemCode, useUpCode } from "./codes.ts";
import {
  accessToken,
  confirmationCode,
  ignoredOfUser,
  userAttributes,
  type Context,
} from "./context.ts";
import { sendCode } from "./delivery.ts";
import { invalidParameter } from "./errors.ts";
import type { Pool, User } from "./model.ts";
import { limitKey } from "./named-user.ts";
import { checkAccessToken, type Bearer } from "./tokens.ts";
import {
  assertEmailIsFree,
  assertRoomForText,
  setEmail,
  signsInByEmail,
  storedEmail,
} from "./users.ts";

const { ClientMetadata } = ignoredOfUser;
/** The only attribute that is verified here. */
const AttributeName = z.literal("email", 'The local cloud verifies only "email"');

/** The operations (documented: COGNITO/signing-up-users-in-your-app). */
export function userAttributeOperations(context: Context): JsonOperations {
  const { now, admit } = context;

  async function bearerOf(token: string) {
    const bearer = await checkAccessToken(context, token);
    const { pool, user } = bearer;
    return { ...bearer, key: limitKey(pool, user, user.username) };
  }

  return {
    UpdateUserAttributes: operation(
      z.strictObject({
        AccessToken: accessToken,
        UserAttributes: userAttributes.min(1),
        ClientMetadata,
      }),
      async (input) => {
        admit("UpdateUserAttributes");
        const bearer = await checkAccessToken(context, input.AccessToken);
        return { CodeDeliveryDetailsList: update(context, bearer, input.UserAttributes) };
      },
    ),

    GetUserAttributeVerificationCode: operation(
      z.strictObject({ AccessToken: accessToken, AttributeName, ClientMetadata }),
      async (input) => {
        const { pool, user, key } = await bearerOf(input.AccessToken);
        admit("GetUserAttributeVerificationCode", key);
        const email = user.pendingEmail ?? user.attributes.get("email");
        if (email === undefined) throw invalidParameter("User has no email to verify.");
        const message = { purpose: "verifyAttribute", kind: "VerifyUserAttribute" } as const;
        return { CodeDeliveryDetails: sendCode(context, pool, user, message, email) };
      },
    ),

    VerifyUserAttribute: operation(
      z.strictObject({ AccessToken: accessToken, AttributeName, Code: confirmationCode }),
      async (input) => {
        const { pool, client, user, key } = await bearerOf(input.AccessToken);
        admit("VerifyUserAttribute", key);
        const isRight = isCodeOf(user, "verifyAttribute", input.Code);
        redeemCode({ user, client }, "verifyAttribute", isRight, now());
        if (user.pendingEmail !== undefined) setEmail(pool, user, user.pendingEmail);
        user.attributes.set("email_verified", "true");
        user.modifiedAt = now();
        return {};
      },
    ),
  };
}

/**
 * Writes attributes; an empty value deletes one (documented: COGNITO-API/UpdateUserAttributes).
 * Returns the deliveries of codes.
 */
function update(context: Context, { pool, client, user }: Bearer, given: readonly Attribute[]) {
  const emptied = given.filter(({ Value }) => Value === "").map(({ Name }) => Name);
  for (const name of emptied) assertMayWrite(client, name);
  const filled = attributesFrom(
    given.filter(({ Value }) => Value !== ""),
    client,
  );
  if (emptied.includes("email") && signsInByEmail(pool)) {
    throw invalidParameter("The attribute email is what the user signs in with.");
  }
  const email = filled.get("email");
  if (email !== undefined) assertEmailIsFree(pool, user, email);
  assertRoomForText(pool, filled);
  filled.delete("email");
  for (const [name, value] of filled) user.attributes.set(name, value);
  for (const name of emptied) user.attributes.delete(name);
  if (emptied.includes("email")) {
    user.attributes.delete("email_verified");
    dropPending(user);
  }
  user.modifiedAt = context.now();
  return email === undefined ? [] : changeEmail(context, pool, user, email);
}

/** Documented: COGNITO/user-pool-settings-email-phone-verification. */
function changeEmail(context: Context, pool: Pool, user: User, email: string) {
  const { verifiedBeforeUpdate, autoVerifiedAttributes } = pool.settings;
  dropPending(user);
  if (user.attributes.get("email") === storedEmail(pool, email)) return [];
  if (verifiedBeforeUpdate.includes("email")) {
    user.pendingEmail = email;
  } else {
    setEmail(pool, user, email);
    user.attributes.set("email_verified", "false");
    if (!autoVerifiedAttributes.includes("email")) return [];
  }
  const message = { purpose: "verifyAttribute", kind: "UpdateUserAttribute" } as const;
  return [sendCode(context, pool, user, message, email)];
}

/** The code ends too: it would verify the address that there is. */
function dropPending(user: User): void {
  user.pendingEmail = undefined;
  useUpCode(user, "verifyAttribute");
}
