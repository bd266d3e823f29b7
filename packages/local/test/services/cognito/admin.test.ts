import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  ListUsersCommand,
  type AdminCreateUserCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const person = (Username: string) => ({ UserPoolId: pool.poolId, Username });
const create = (Username: string, more: Partial<AdminCreateUserCommandInput> = {}) =>
  aws.clients.cognito.send(new AdminCreateUserCommand({ ...person(Username), ...more }));
const userNotFound = { name: "UserNotFoundException", message: "User does not exist." };

test("a created user is found by address, by username and by sub", async () => {
  const { username, sub } = await fixtures.createInvitedUser(aws, pool.poolId, "ada@example.com");
  for (const name of ["ada@example.com", "ADA@example.com", username, sub]) {
    const output = await aws.clients.cognito.send(new AdminGetUserCommand(person(name)));
    expect(output).toMatchObject({
      Username: username,
      Enabled: true,
      UserStatus: "FORCE_CHANGE_PASSWORD",
      UserCreateDate: new Date(aws.now()),
    });
    expect(output.UserAttributes).toEqual(
      expect.arrayContaining([
        { Name: "sub", Value: sub },
        { Name: "email", Value: "ada@example.com" },
        { Name: "email_verified", Value: "true" },
      ]),
    );
  }
});

test("an invitation carries a temporary password that works", async () => {
  await create("invited@example.com");
  const invitation = aws.deliveries.at(-1);
  expect(invitation).toMatchObject({ kind: "AdminCreateUser", destination: "invited@example.com" });
  const parameters = { USERNAME: "invited@example.com", PASSWORD: invitation?.code ?? "" };
  await expect(fixtures.initiate(aws, pool.clientId, parameters)).resolves.toMatchObject({
    ChallengeName: "NEW_PASSWORD_REQUIRED",
  });
});

test("a suppressed invitation is not sent", async () => {
  const sent = aws.deliveries.length;
  await create("quiet@example.com", { MessageAction: "SUPPRESS" });
  expect(aws.deliveries.length).toBe(sent);
});

test("a user cannot be created twice, nor with a password or attributes that do not fit", async () => {
  await create("twice@example.com");
  await expect(create("twice@example.com")).rejects.toMatchObject({
    name: "UsernameExistsException",
  });
  await expect(create("weak@example.com", { TemporaryPassword: "weak" })).rejects.toMatchObject({
    name: "InvalidPasswordException",
  });
  const UserAttributes = [{ Name: "custom:role", Value: "admin" }];
  await expect(create("custom@example.com", { UserAttributes })).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining("custom:role"),
  });
});

test("options that would be ignored are rejected by name", async () => {
  await expect(create("again@example.com", { MessageAction: "RESEND" })).rejects.toThrow(
    "MessageAction",
  );
  await expect(create("sms@example.com", { DesiredDeliveryMediums: ["SMS"] })).rejects.toThrow(
    "DesiredDeliveryMediums",
  );
  await expect(create("alias@example.com", { ForceAliasCreation: true })).rejects.toThrow(
    "does not support the parameter ForceAliasCreation",
  );
});

test("a password that is not permanent must be replaced at the next sign-in", async () => {
  await fixtures.createUser(aws, pool.poolId, "reset@example.com");
  await aws.clients.cognito.send(
    new AdminSetUserPasswordCommand({ ...person("reset@example.com"), Password: "Other-Horse-2" }),
  );
  const parameters = { USERNAME: "reset@example.com", PASSWORD: "Other-Horse-2" };
  await expect(fixtures.initiate(aws, pool.clientId, parameters)).resolves.toMatchObject({
    ChallengeName: "NEW_PASSWORD_REQUIRED",
  });
});

test("a deleted user is gone", async () => {
  await create("gone@example.com");
  await aws.clients.cognito.send(new AdminDeleteUserCommand(person("gone@example.com")));
  await expect(
    aws.clients.cognito.send(new AdminGetUserCommand(person("gone@example.com"))),
  ).rejects.toMatchObject(userNotFound);
  await expect(
    aws.clients.cognito.send(new AdminDeleteUserCommand(person("gone@example.com"))),
  ).rejects.toMatchObject(userNotFound);
});

test("users are listed page by page, and a filter is rejected by name", async () => {
  const { poolId: UserPoolId } = await fixtures.createPool(aws);
  const names = ["1@example.com", "2@example.com", "3@example.com"];
  for (const name of names) await fixtures.createInvitedUser(aws, UserPoolId, name);
  const list = (PaginationToken?: string) =>
    aws.clients.cognito.send(new ListUsersCommand({ UserPoolId, Limit: 2, PaginationToken }));
  const first = await list();
  const second = await list(first.PaginationToken);
  const emails = [first, second].flatMap(({ Users = [] }) =>
    Users.map(({ Attributes = [] }) => Attributes.find(({ Name }) => Name === "email")?.Value),
  );
  expect(emails).toEqual(names);
  expect(second.PaginationToken).toBeUndefined();
  const filtered = new ListUsersCommand({ UserPoolId, Filter: 'email = "1@example.com"' });
  await expect(aws.clients.cognito.send(filtered)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "The local cloud does not support the parameter Filter",
  });
});

test("a pool that is not there is named", async () => {
  const missing = new AdminGetUserCommand({ UserPoolId: "us-east-1_None", Username: "a" });
  await expect(aws.clients.cognito.send(missing)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "User pool us-east-1_None does not exist.",
  });
});
