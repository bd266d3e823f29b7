/**
 * A password that an administrator resets.
 * Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html
 */
import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { present } from "../../support/present.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const newPassword = "Fresh-Horse-2";
const named = (Username: string) => ({ UserPoolId: pool.poolId, Username });
const reset = (name: string) =>
  aws.clients.cognito.send(new AdminResetUserPasswordCommand(named(name)));
const signIn = (name: string) => fixtures.signIn(aws, pool.clientId, name);
// Reported: https://github.com/aws-amplify/amplify-js/issues/11456
const required = {
  name: "PasswordResetRequiredException",
  message: "Password reset required for the user",
};
const confirm = (Username: string, ConfirmationCode: string) =>
  aws.clients.cognito.send(
    new ConfirmForgotPasswordCommand({
      ClientId: pool.clientId,
      Username,
      ConfirmationCode,
      Password: newPassword,
    }),
  );
const lastCode = () => present(aws.deliveries.at(-1)).code;

async function resetUser(name: string): Promise<void> {
  await fixtures.createUser(aws, pool.poolId, name);
  await reset(name);
}

test("the user is mailed a code, by which another password is set", async () => {
  const name = "reset@example.com";
  await resetUser(name);
  const found = await aws.clients.cognito.send(new AdminGetUserCommand(named(name)));
  expect(found.UserStatus).toBe("RESET_REQUIRED");
  expect(aws.deliveries.at(-1)).toMatchObject({ kind: "ForgotPassword", destination: name });
  await expect(signIn(name)).rejects.toMatchObject(required);
  await confirm(name, lastCode());
  await expect(
    fixtures.initiate(aws, pool.clientId, { USERNAME: name, PASSWORD: newPassword }),
  ).resolves.toHaveProperty("AuthenticationResult");
});

// Reported: https://github.com/aws-amplify/amplify-js/issues/4890
test("only the right password reveals it", async () => {
  await resetUser("guessed@example.com");
  const guess = { USERNAME: "guessed@example.com", PASSWORD: "Wrong-Horse-9" };
  await expect(fixtures.initiate(aws, pool.clientId, guess)).rejects.toMatchObject(
    fixtures.incorrect,
  );
});

test("a code that was lost is sent again", async () => {
  const name = "lost@example.com";
  await resetUser(name);
  const lost = lastCode();
  const forgot = { ClientId: pool.clientId, Username: name };
  await aws.clients.cognito.send(new ForgotPasswordCommand(forgot));
  expect(lastCode()).not.toBe(lost);
  await confirm(name, lastCode());
});

test("tokens from before are of no use until then", async () => {
  const name = "signed-in@example.com";
  await fixtures.createUser(aws, pool.poolId, name);
  const { AccessToken, RefreshToken } = await signIn(name);
  await reset(name);
  const use = () => aws.clients.cognito.send(new GetUserCommand({ AccessToken }));
  await expect(use()).rejects.toMatchObject(required);
  await expect(fixtures.refresh(aws, pool.clientId, RefreshToken)).rejects.toMatchObject(required);
  await confirm(name, lastCode());
  await expect(use()).resolves.toHaveProperty("Username");
});

describe("a user is not reset", () => {
  test.for<[who: string, name: string, error: object]>([
    ["who is disabled", "disabled@example.com", { message: "User is disabled." }],
    [
      "who still has a temporary password",
      "invited@example.com",
      { message: "User password cannot be reset in the current state." },
    ],
    ["who does not exist", "none@example.com", { name: "UserNotFoundException" }],
  ])("%s", async ([, name, error]) => {
    if (name.startsWith("invited")) await fixtures.createInvitedUser(aws, pool.poolId, name);
    if (name.startsWith("disabled")) {
      await fixtures.createUser(aws, pool.poolId, name);
      await aws.clients.cognito.send(new AdminDisableUserCommand(named(name)));
    }
    const sent = aws.deliveries.length;
    await expect(reset(name)).rejects.toMatchObject(error);
    expect(aws.deliveries.length).toBe(sent);
  });
});
