/**
 * What an app client may read and write of a user.
 * Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
import {
  AdminGetUserCommand,
  DescribeUserPoolClientCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientSettings } from "../../../src/services/cognito/settings.ts";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { attributeCalls, type Pool } from "./attribute-calls.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Pool;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const unauthorized = {
  name: "NotAuthorizedException",
  message: "A client attempted to write unauthorized attribute",
};

const createClient = (settings: Partial<ClientSettings>) =>
  aws.cognito.createClient(pool.poolId, {
    name: "limited",
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    ...settings,
  });

const { update, attributesOf } = attributeCalls(() => aws);

describe("a client without lists", () => {
  it("reads everything, and writes what is not for administrators only", async () => {
    await fixtures.createUser(aws, pool.poolId, "all@example.com");
    const { AccessToken } = await fixtures.signIn(aws, pool.clientId, "all@example.com");
    await update(AccessToken, { nickname: "Ada", locale: "en" });
    expect(Object.keys(await attributesOf(AccessToken))).toEqual([
      "sub",
      "email",
      "email_verified",
      "nickname",
      "locale",
    ]);
    for (const name of ["email_verified", "phone_number_verified"]) {
      await expect(update(AccessToken, { [name]: "true" })).rejects.toMatchObject(unauthorized);
    }
  });

  it("describes none", async () => {
    const { UserPoolClient } = await aws.clients.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: pool.poolId, ClientId: pool.clientId }),
    );
    expect(UserPoolClient?.ReadAttributes).toBeUndefined();
    expect(UserPoolClient?.WriteAttributes).toBeUndefined();
  });
});

describe("a client with lists", () => {
  it("reads only what they name, and the sub, from GetUser and in tokens", async () => {
    const { clientId } = createClient({ readAttributes: ["nickname"] });
    const { sub } = await fixtures.createUser(aws, pool.poolId, "read@example.com");
    const { AccessToken } = await fixtures.signIn(aws, pool.clientId, "read@example.com");
    await update(AccessToken, { nickname: "Ada" });
    const limited = await fixtures.signIn(aws, clientId, "read@example.com");
    expect(await attributesOf(limited.AccessToken)).toEqual({ sub, nickname: "Ada" });
    const claims = fixtures.claimsOf(limited.IdToken);
    expect(claims).toMatchObject({ sub, nickname: "Ada" });
    expect(claims).not.toHaveProperty("email");
    expect(claims).not.toHaveProperty("email_verified");
    const shown = await aws.clients.cognito.send(
      new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: "read@example.com" }),
    );
    expect(present(shown.UserAttributes).map(({ Name }) => Name)).toContain("email");
  });

  it("reads nothing else of a user with a temporary password", async () => {
    const { clientId } = createClient({ readAttributes: ["nickname"] });
    await fixtures.createInvitedUser(aws, pool.poolId, "invited@example.com");
    const { ChallengeParameters } = await fixtures.initiate(aws, clientId, {
      USERNAME: "invited@example.com",
      PASSWORD: fixtures.temporaryPassword,
    });
    expect(ChallengeParameters?.["userAttributes"]).toBe("{}");
  });

  it("writes only what they name, all of it or nothing", async () => {
    const { clientId } = createClient({ writeAttributes: ["nickname"] });
    await fixtures.createUser(aws, pool.poolId, "write@example.com");
    const { AccessToken } = await fixtures.signIn(aws, clientId, "write@example.com");
    const writes: Record<string, string>[] = [
      { nickname: "Ada", locale: "en" },
      { nickname: "Ada", locale: "" },
      { nickname: "Ada", email: "new@example.com" },
    ];
    for (const attributes of writes) {
      await expect(update(AccessToken, attributes)).rejects.toMatchObject(unauthorized);
    }
    expect(await attributesOf(AccessToken)).not.toHaveProperty("nickname");
    await update(AccessToken, { nickname: "Ada" });
    expect(await attributesOf(AccessToken)).toHaveProperty("nickname");
  });

  it("writes only those at sign-up", async () => {
    const { clientId } = createClient({ writeAttributes: ["email"] });
    const signUp = (Name: string, Value: string) =>
      aws.clients.cognito.send(
        new SignUpCommand({
          ClientId: clientId,
          Username: "up@example.com",
          Password: fixtures.password,
          UserAttributes: [{ Name, Value }],
        }),
      );
    await expect(signUp("nickname", "Ada")).rejects.toMatchObject(unauthorized);
    await expect(signUp("email", "up@example.com")).resolves.toHaveProperty("UserSub");
  });

  it("describes them", async () => {
    const lists = { readAttributes: ["email", "email_verified"], writeAttributes: [] };
    const { clientId: ClientId } = createClient(lists);
    const { UserPoolClient } = await aws.clients.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: pool.poolId, ClientId }),
    );
    expect(UserPoolClient).toMatchObject({
      ReadAttributes: ["email", "email_verified"],
      WriteAttributes: [],
    });
  });
});

it.each([
  ["readAttributes", "custom:team"],
  ["readAttributes", "sub"],
  ["writeAttributes", "custom:team"],
  ["writeAttributes", "email_verified"],
])("%s cannot name %s", (list, name) => {
  expect(() => createClient({ [list]: [name] })).toThrow(list);
});
