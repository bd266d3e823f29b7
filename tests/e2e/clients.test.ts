/** What the app clients of a stage let a signed-in user do, beside calling the API. */
import {
  type CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../packages/local/test/support/present.ts";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { localPassword } from "../../scripts/support/users.ts";
import { type SharedApp, useSharedApp } from "../support/shared-app.ts";

let app: SharedApp;
let cognito: CognitoIdentityProviderClient;
let ClientId: string;
beforeAll(async () => {
  app = await useSharedApp();
  cognito = app.target.cognito;
  ClientId = (await findUserPool(app.target, 1)).clientId;
});
afterAll(() => app?.close());

async function signIn() {
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "user1@example.com", PASSWORD: localPassword },
    }),
  );
  const { AccessToken, RefreshToken } = present(AuthenticationResult);
  return { AccessToken: present(AccessToken), RefreshToken: present(RefreshToken) };
}

/** New tokens for a refresh token. */
async function refresh(RefreshToken: string) {
  const { AuthenticationResult } = await cognito.send(
    new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }),
  );
  const { IdToken, RefreshToken: next } = present(AuthenticationResult);
  return { IdToken: present(IdToken), RefreshToken: present(next) };
}

describe("a refresh token", () => {
  it("is replaced when it is used, and what came of it is good for the API", async () => {
    const { RefreshToken } = await signIn();
    const renewed = await refresh(RefreshToken);
    expect(renewed.RefreshToken).not.toBe(RefreshToken);
    const body = { name: "Ada" };
    const response = await app.post("/lambda1", { authorization: renewed.IdToken, body });
    expect(response.status).toBe(200);
    await app.greetings.arrived("Ada");
  });

  it("that another has replaced is refused", async () => {
    const { RefreshToken: original } = await signIn();
    const owners = await refresh(original);
    // Within the grace period: the thief's token replaces the owner's, who notices it.
    const thiefs = await refresh(original);
    await expect(refresh(owners.RefreshToken)).rejects.toThrow("Refresh token reuse detected");
    await expect(refresh(thiefs.RefreshToken)).resolves.toBeDefined();
  });

  it("is not taken by the flow that would not replace it", async () => {
    const { RefreshToken } = await signIn();
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    await expect(
      cognito.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters }),
      ),
    ).rejects.toThrow("REFRESH_TOKEN_AUTH flow not enabled for this client");
  });
});

const update = (AccessToken: string, Name: string) =>
  cognito.send(
    new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value: "x" }] }),
  );

describe("an attribute", () => {
  it.each(["name", "phone_number", "email_verified", "profile"])(
    "that the client does not name, %s, is not written",
    async (name) => {
      const { AccessToken } = await signIn();
      await expect(update(AccessToken, name)).rejects.toThrow("unauthorized attribute");
    },
  );

  it("that it may write is not one that it reads", async () => {
    const { AccessToken } = await signIn();
    await update(AccessToken, "locale");
    const { UserAttributes = [] } = await cognito.send(new GetUserCommand({ AccessToken }));
    const names = new Set(UserAttributes.map(({ Name }) => Name));
    expect(names).toEqual(new Set(["sub", "email", "email_verified"]));
  });
});
