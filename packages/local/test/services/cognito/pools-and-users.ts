/** Pools, clients and users for Cognito tests, and the calls that most of them make. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  type AuthFlowType,
} from "@aws-sdk/client-cognito-identity-provider";
import { createHmac } from "node:crypto";
import type { ClientSettings, UserPoolSettings } from "../../../src/services/cognito/settings.ts";
import type { StartedCloud } from "../../support/test-cloud.ts";
import { present } from "../../support/present.ts";

export const password = "Correct-Horse-1";

/** A pool that signs in by e-mail address and a client with every supported flow. */
export async function createPool(
  { cognito }: Pick<StartedCloud, "cognito">,
  pool: Partial<UserPoolSettings> = {},
  client: Partial<ClientSettings> = {},
) {
  const { id } = await cognito.createUserPool({
    name: "users",
    usernameAttributes: ["email"],
    autoVerifiedAttributes: ["email"],
    caseSensitive: false,
    ...pool,
  });
  const created = cognito.createClient(id, {
    name: "app",
    explicitAuthFlows: [
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
    ],
    preventUserExistenceErrors: "ENABLED",
    ...client,
  });
  return { poolId: id, ...created };
}

/** A confirmed user of a pool, with `password`. */
export async function createUser({ clients }: StartedCloud, UserPoolId: string, Username: string) {
  const created = await createInvitedUser({ clients }, UserPoolId, Username);
  await clients.cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }),
  );
  return created;
}

/** A user who still has the temporary password that `temporaryPassword` is. */
export async function createInvitedUser(
  { clients }: Pick<StartedCloud, "clients">,
  UserPoolId: string,
  Username: string,
) {
  const { User } = await clients.cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username,
      TemporaryPassword: temporaryPassword,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: Username },
        { Name: "email_verified", Value: "true" },
      ],
    }),
  );
  const sub = User?.Attributes?.find(({ Name }) => Name === "sub")?.Value;
  return { username: present(User?.Username), sub: present(sub) };
}

export const temporaryPassword = "Temporary-Horse-1";

/** Asks for a flow with its parameters; the password flow unless another one is named. */
export function initiate(
  { clients }: StartedCloud,
  ClientId: string,
  AuthParameters: Record<string, string>,
  AuthFlow: AuthFlowType = "USER_PASSWORD_AUTH",
) {
  return clients.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
}

/** The tokens of a user who signs in with `password`. */
export async function signIn(aws: StartedCloud, clientId: string, username: string) {
  const output = await initiate(aws, clientId, { USERNAME: username, PASSWORD: password });
  const { AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType } = present(
    output.AuthenticationResult,
  );
  return {
    AccessToken: present(AccessToken),
    IdToken: present(IdToken),
    RefreshToken: present(RefreshToken),
    ExpiresIn: present(ExpiresIn),
    TokenType: present(TokenType),
  };
}

/** New tokens for a refresh token. */
export function refresh(aws: StartedCloud, clientId: string, token: string, secretHash?: string) {
  const parameters = {
    REFRESH_TOKEN: token,
    ...(secretHash === undefined ? {} : { SECRET_HASH: secretHash }),
  };
  return initiate(aws, clientId, parameters, "REFRESH_TOKEN_AUTH");
}

/** The claims of a token, unverified. */
export function claimsOf(token: string): Record<string, unknown> {
  const payload = Buffer.from(present(token.split(".")[1]), "base64url").toString("utf8");
  const claims: unknown = JSON.parse(payload);
  return { ...present(typeof claims === "object" ? claims : null) };
}

/** The hash with which a caller shows that it knows a client's secret. */
export function secretHashOf(username: string, clientId: string, secret: string): string {
  return createHmac("sha256", secret)
    .update(username + clientId)
    .digest("base64");
}

/** The error that Cognito gives for a reason that must not tell users apart. */
export const incorrect = {
  name: "NotAuthorizedException",
  message: "Incorrect username or password.",
};
