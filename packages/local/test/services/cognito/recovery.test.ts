/**
 * Forgotten passwords.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
import {
  AdminDisableUserCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { present } from "../../support/present.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
let legacyClientId: string;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
  legacyClientId = aws.cognito.createClient(pool.poolId, { name: "legacy" }).clientId;
});
afterAll(() => aws.stop());

const newPassword = "Fresh-Horse-2";
const forgot = (Username: string, ClientId = pool.clientId) =>
  aws.clients.cognito.send(new ForgotPasswordCommand({ ClientId, Username }));
const reset = (
  Username: string,
  ConfirmationCode: string,
  Password = newPassword,
  ClientId = pool.clientId,
) =>
  aws.clients.cognito.send(
    new ConfirmForgotPasswordCommand({
      ClientId,
      Username,
      ConfirmationCode,
      Password,
    }),
  );
const lastCode = () => present(aws.deliveries.at(-1)).code;

test("the code that was sent sets a new password, once", async () => {
  const USERNAME = "forgot@example.com";
  await fixtures.createUser(aws, pool.poolId, USERNAME);
  expect(await forgot(USERNAME)).toMatchObject({
    CodeDeliveryDetails: { Destination: "f***@e***", AttributeName: "email" },
  });
  expect(aws.deliveries.at(-1)).toMatchObject({ kind: "ForgotPassword", destination: USERNAME });
  await reset(USERNAME, lastCode());
  await expect(fixtures.signIn(aws, pool.clientId, USERNAME)).rejects.toMatchObject(
    fixtures.incorrect,
  );
  await fixtures.initiate(aws, pool.clientId, { USERNAME, PASSWORD: newPassword });
  await expect(reset(USERNAME, lastCode(), "Third-Horse-3")).rejects.toMatchObject({
    name: "ExpiredCodeException",
  });
});

test("a code dies after an hour", async () => {
  await fixtures.createUser(aws, pool.poolId, "hour@example.com");
  await forgot("hour@example.com");
  aws.advance(3_600_000);
  await expect(reset("hour@example.com", lastCode())).rejects.toMatchObject({
    name: "ExpiredCodeException",
  });
});

test("a wrong code and a weak password change nothing", async () => {
  await fixtures.createUser(aws, pool.poolId, "wrong@example.com");
  await forgot("wrong@example.com");
  const wrong = lastCode() === "000000" ? "000001" : "000000";
  await expect(reset("wrong@example.com", wrong)).rejects.toMatchObject({
    name: "CodeMismatchException",
  });
  await expect(reset("wrong@example.com", lastCode(), "weak")).rejects.toMatchObject({
    name: "InvalidPasswordException",
  });
  await expect(fixtures.signIn(aws, pool.clientId, "wrong@example.com")).resolves.toHaveProperty(
    "IdToken",
  );
});

test("a client that hides users sends nothing to users without a verified address, and does not tell", async () => {
  const disabled = { UserPoolId: pool.poolId, Username: "disabled@example.com" };
  await fixtures.createUser(aws, pool.poolId, disabled.Username);
  await aws.clients.cognito.send(new AdminDisableUserCommand(disabled));
  await fixtures.createInvitedUser(aws, pool.poolId, "invited@example.com");
  const sent = aws.deliveries.length;
  for (const name of ["unknown@example.com", disabled.Username, "invited@example.com"]) {
    expect(await forgot(name)).toMatchObject({
      CodeDeliveryDetails: { Destination: `${name.slice(0, 1)}***@e***` },
    });
  }
  expect(aws.deliveries.length).toBe(sent);
  for (const name of ["unknown@example.com", disabled.Username]) {
    await expect(reset(name, "123456")).rejects.toMatchObject({ name: "CodeMismatchException" });
  }
});

test("a client with legacy errors is told why", async () => {
  await expect(forgot("unknown@example.com", legacyClientId)).rejects.toMatchObject({
    name: "UserNotFoundException",
  });
  await fixtures.createInvitedUser(aws, pool.poolId, "invited2@example.com");
  await expect(forgot("invited2@example.com", legacyClientId)).rejects.toMatchObject({
    name: "NotAuthorizedException",
    message: "User password cannot be reset in the current state.",
  });
  await fixtures.createUser(aws, pool.poolId, "told@example.com");
  const guess = () => reset("told@example.com", "0000000", newPassword, legacyClientId);
  await expect(guess()).rejects.toMatchObject({ name: "ExpiredCodeException" });
  await forgot("told@example.com", legacyClientId);
  await expect(guess()).rejects.toMatchObject({ name: "CodeMismatchException" });
});
