/** A forgotten password: ForgotPassword and ConfirmForgotPassword. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { checkSecretHash } from "./client-secret.ts";
import { redeemCode } from "./codes.ts";
import * as member from "./context.ts";
import { sendCode, simulatedDelivery } from "./delivery.ts";
import { codeMismatch, hideUnknownUser, invalidParameter, notAuthorized } from "./errors.ts";
import type { Client, User } from "./model.ts";
import { checkPolicy } from "./passwords.ts";
import { findUser, setPassword } from "./users.ts";

const userMembers = {
  ClientId: member.clientId,
  Username: member.username,
  SecretHash: member.secretHash,
  ...member.ignoredOfUser,
};

/** The operations of account recovery. */
export function recoveryOperations(context: member.Context): JsonOperations {
  const { pools, now } = context;
  return {
    ForgotPassword: operation(z.strictObject(userMembers), (input) => {
      const { pool, client } = pools.byClient(input.ClientId);
      checkSecretHash(client, input.Username, input.SecretHash);
      const user = findUser(pool, input.Username);
      const email = user === undefined ? undefined : recoveryAddress(user, client);
      if (user === undefined || email === undefined) {
        hideUnknownUser(client);
        return { CodeDeliveryDetails: simulatedDelivery(input.Username) };
      }
      const details = sendCode(context, pool, user, "forgotPassword", "ForgotPassword", email);
      return { CodeDeliveryDetails: details };
    }),

    ConfirmForgotPassword: operation(
      z.strictObject({
        ...userMembers,
        ConfirmationCode: z.string().min(1).max(2048),
        Password: member.password,
      }),
      async (input) => {
        const { pool, client } = pools.byClient(input.ClientId);
        checkSecretHash(client, input.Username, input.SecretHash);
        const user = findUser(pool, input.Username);
        if (user === undefined || !user.enabled) {
          hideUnknownUser(client);
          throw codeMismatch();
        }
        checkPolicy(pool.settings.passwordPolicy, input.Password);
        redeemCode(user, "forgotPassword", input.ConfirmationCode, now());
        await setPassword(user, input.Password, undefined);
        user.modifiedAt = now();
        return {};
      },
    ),
  };
}

/**
 * The verified address for a reset code; undefined when there is none and the client has
 * PreventUserExistenceErrors (documented).
 * @throws AwsError with the reason, for other clients.
 */
function recoveryAddress(user: User, client: Client): string | undefined {
  const email = user.attributes.get("email");
  const verified = user.attributes.get("email_verified") === "true";
  if (email !== undefined && verified && user.enabled && user.status === "CONFIRMED") return email;
  if (client.settings.preventUserExistenceErrors === "ENABLED") return undefined;
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    throw notAuthorized("User password cannot be reset in the current state.");
  }
  throw invalidParameter(
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
  );
}
