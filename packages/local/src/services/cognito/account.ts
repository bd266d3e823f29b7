/** Operations of signed-in users on their own tokens and account. */
import * as z from "zod";
import { AwsError } from "../../aws-protocol/errors.ts";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { logActivity } from "./activity-log.ts";
import { attributeList } from "./attributes.ts";
import { secretMatches } from "./client-secret.ts";
import { accessToken, clientId, password, type Context } from "./context.ts";
import { wrongPassword } from "./errors.ts";
import type { Owner } from "./model.ts";
import { limitKey } from "./named-user.ts";
import { passwordMatches } from "./passwords.ts";
import { endsSession, revokeSessions, sessionOf } from "./sessions.ts";
import { mfaSettings } from "./software-token.ts";
import { checkNewPassword } from "./threat-protection.ts";
import { checkAccessToken } from "./tokens.ts";
import { setPassword } from "./users.ts";

/** The operations that an access token authorizes. */
export function accountOperations(context: Context): JsonOperations {
  const { pools, now, admit } = context;
  return {
    GetUser: operation(z.strictObject({ AccessToken: accessToken }), async (input) => {
      admit("GetUser");
      const { user, client } = await checkAccessToken(context, input.AccessToken);
      const UserAttributes = attributeList(user, client);
      return { Username: user.username, UserAttributes, ...mfaSettings(user) };
    }),

    ChangePassword: operation(
      z.strictObject({
        AccessToken: accessToken,
        PreviousPassword: password,
        ProposedPassword: password,
      }),
      async (input) => {
        const bearer = await checkAccessToken(context, input.AccessToken);
        const { pool, user } = bearer;
        admit("ChangePassword", limitKey(pool, user, user.username));
        const { ProposedPassword: proposed } = input;
        const named = { name: user.username, password: proposed };
        const activity = { type: "PasswordChange", ...named } as const;
        return logActivity(context, bearer, activity, () => {
          if (!passwordMatches(user.password, input.PreviousPassword)) throw wrongPassword();
          checkNewPassword(bearer, "PASSWORD_CHANGE", proposed);
          setPassword(pool, user, proposed, undefined);
          user.modifiedAt = now();
          return {};
        });
      },
    ),

    GlobalSignOut: operation(z.strictObject({ AccessToken: accessToken }), async (input) => {
      admit("GlobalSignOut");
      const { pool, user } = await checkAccessToken(context, input.AccessToken);
      revokeSessions(pool, user);
      return {};
    }),

    RevokeToken: operation(
      z.strictObject({
        Token: z.string().min(1),
        ClientId: clientId,
        ClientSecret: z.string().optional(),
      }),
      (input) => {
        admit("RevokeToken");
        const owner = pools.byClient(input.ClientId);
        if (!secretMatches(owner.client, input.ClientSecret)) {
          throw new AwsError("UnauthorizedException", "Client authentication failed");
        }
        revokeToken(owner, input.Token);
        return {};
      },
    ),
  };
}

/** Revokes a refresh token of a client. @throws AwsError for an access or ID token, and where it is turned off. */
export function revokeToken({ pool, client }: Owner, token: string): void {
  if (!client.settings.enableTokenRevocation) {
    const message = "Token revocation is not enabled for this client";
    throw new AwsError("UnsupportedOperationException", message);
  }
  if (token.includes(".")) {
    throw new AwsError("UnsupportedTokenTypeException", "Unsupported token type");
  }
  // An unknown token, or another client's, gets the response of a revoked one (RFC 7009).
  const session = sessionOf(pool, token);
  if (session?.clientId === client.id && endsSession(session, token)) session.revoked = true;
}
