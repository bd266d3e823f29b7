/** Signing up: SignUp, ConfirmSignUp, ResendConfirmationCode. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { attributesFrom } from "./attributes.ts";
import { checkSecretHash } from "./client-secret.ts";
import { redeemCode } from "./codes.ts";
import * as member from "./context.ts";
import { sendCode, simulatedDelivery } from "./delivery.ts";
import { codeMismatch, hideUnknownUser, invalidParameter, notAuthorized } from "./errors.ts";
import { checkPolicy, hashPassword } from "./passwords.ts";
import { addUser, findUser } from "./users.ts";

const userMembers = {
  ClientId: member.clientId,
  Username: member.username,
  SecretHash: member.secretHash,
  ...member.ignoredOfUser,
};

/** The operations of self-service sign-up. */
export function signUpOperations(context: member.Context): JsonOperations {
  const { pools, now } = context;
  return {
    SignUp: operation(
      z.strictObject({
        ...userMembers,
        Password: member.password,
        UserAttributes: member.userAttributes,
      }),
      async (input) => {
        const { pool, client } = pools.byClient(input.ClientId);
        checkSecretHash(client, input.Username, input.SecretHash);
        if (pool.settings.allowAdminCreateUserOnly) {
          throw notAuthorized("SignUp is not permitted for this user pool");
        }
        const attributes = attributesFrom(input.UserAttributes, "user");
        checkPolicy(pool.settings.passwordPolicy, input.Password);
        const password = await hashPassword(input.Password);
        const rest = { status: "UNCONFIRMED", temporaryUntil: undefined } as const;
        const user = addUser(pool, { name: input.Username, attributes, password, ...rest }, now());
        const email = user.attributes.get("email");
        const sends = pool.settings.autoVerifiedAttributes.includes("email") && email !== undefined;
        const details = sends
          ? { CodeDeliveryDetails: sendCode(context, pool, user, "signUp", "SignUp", email) }
          : {};
        return { UserConfirmed: false, UserSub: user.sub, ...details };
      },
    ),

    ConfirmSignUp: operation(
      z.strictObject({ ...userMembers, ConfirmationCode: z.string().min(1).max(2048) }),
      (input) => {
        const { pool, client } = pools.byClient(input.ClientId);
        checkSecretHash(client, input.Username, input.SecretHash);
        const user = findUser(pool, input.Username);
        if (user === undefined) {
          hideUnknownUser(client);
          throw codeMismatch();
        }
        if (user.status !== "UNCONFIRMED") {
          throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
        }
        redeemCode(user, "signUp", input.ConfirmationCode, now());
        user.status = "CONFIRMED";
        user.attributes.set("email_verified", "true");
        user.modifiedAt = now();
        return {};
      },
    ),

    ResendConfirmationCode: operation(z.strictObject(userMembers), (input) => {
      const { pool, client } = pools.byClient(input.ClientId);
      checkSecretHash(client, input.Username, input.SecretHash);
      const user = findUser(pool, input.Username);
      if (user === undefined) {
        hideUnknownUser(client);
        return { CodeDeliveryDetails: simulatedDelivery(input.Username) };
      }
      if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
      const email = user.attributes.get("email");
      if (!pool.settings.autoVerifiedAttributes.includes("email") || email === undefined) {
        throw invalidParameter("Cannot resend codes. Auto verification not turned on.");
      }
      const details = sendCode(context, pool, user, "signUp", "ResendCode", email);
      return { CodeDeliveryDetails: details };
    }),
  };
}
