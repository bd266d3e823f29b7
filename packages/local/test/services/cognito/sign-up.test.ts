import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
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

const signUp = (
  Username: string,
  { Password = fixtures.password, ClientId = pool.clientId, attributes = {} } = {},
) =>
  aws.clients.cognito.send(
    new SignUpCommand({
      ClientId,
      Username,
      Password,
      UserAttributes: Object.entries<string>(attributes).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
const confirm = (Username: string, ConfirmationCode: string, ClientId = pool.clientId) =>
  aws.clients.cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
const lastCode = () => present(aws.deliveries.at(-1)).code;
const otherThan = (code: string) => (code === "000000" ? "000001" : "000000");
const mismatch = { name: "CodeMismatchException" };

test("a user signs up, confirms with the code that was sent, and signs in", async () => {
  const output = await signUp("new@example.com", { attributes: { name: "Ada" } });
  expect(output).toMatchObject({
    UserConfirmed: false,
    UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    CodeDeliveryDetails: {
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "n***@e***",
    },
  });
  expect(aws.deliveries.at(-1)).toEqual({
    kind: "SignUp",
    userPoolId: pool.poolId,
    destination: "new@example.com",
    code: expect.stringMatching(/^\d{6}$/),
  });
  await confirm("new@example.com", lastCode());
  const { IdToken } = await fixtures.signIn(aws, pool.clientId, "new@example.com");
  expect(fixtures.claimsOf(IdToken)).toMatchObject({
    sub: output.UserSub,
    name: "Ada",
    email_verified: true,
  });
});

test("a wrong code confirms no user", async () => {
  await signUp("wrong@example.com");
  const code = lastCode();
  await expect(confirm("wrong@example.com", otherThan(code))).rejects.toMatchObject(mismatch);
  await expect(fixtures.signIn(aws, pool.clientId, "wrong@example.com")).rejects.toMatchObject({
    name: "UserNotConfirmedException",
  });
  await confirm("wrong@example.com", code);
});

test("one user's code does not confirm another", async () => {
  await signUp("first@example.com");
  await signUp("second@example.com");
  const [first, second] = aws.deliveries.slice(-2).map(({ code }) => code);
  // One run in a million draws the same code twice.
  const code = first === second ? otherThan(present(first)) : present(first);
  await expect(confirm("second@example.com", code)).rejects.toMatchObject(mismatch);
});

test("a code dies after a day, and when a newer one is sent", async () => {
  await signUp("late@example.com");
  aws.advance(24 * 3_600_000);
  await expect(confirm("late@example.com", lastCode())).rejects.toMatchObject({
    name: "ExpiredCodeException",
  });
  const old = lastCode();
  const resend = { ClientId: pool.clientId, Username: "late@example.com" };
  await aws.clients.cognito.send(new ResendConfirmationCodeCommand(resend));
  expect(aws.deliveries.at(-1)).toMatchObject({ kind: "ResendCode" });
  const stale = old === lastCode() ? otherThan(old) : old;
  await expect(confirm("late@example.com", stale)).rejects.toMatchObject(mismatch);
  await confirm("late@example.com", lastCode());
});

test("a confirmed user cannot be confirmed again, not even by an administrator", async () => {
  await signUp("twice@example.com");
  const code = lastCode();
  await confirm("twice@example.com", code);
  const rejected = {
    name: "NotAuthorizedException",
    message: "User cannot be confirmed. Current status is CONFIRMED",
  };
  await expect(confirm("twice@example.com", code)).rejects.toMatchObject(rejected);
  await expect(
    aws.clients.cognito.send(
      new AdminConfirmSignUpCommand({ UserPoolId: pool.poolId, Username: "twice@example.com" }),
    ),
  ).rejects.toMatchObject(rejected);
});

test("an administrator confirms a user without proving the e-mail address", async () => {
  await signUp("admin@example.com");
  const user = { UserPoolId: pool.poolId, Username: "admin@example.com" };
  await aws.clients.cognito.send(new AdminConfirmSignUpCommand(user));
  const output = await aws.clients.cognito.send(new AdminGetUserCommand(user));
  expect(output.UserStatus).toBe("CONFIRMED");
  expect(output.UserAttributes?.map(({ Name }) => Name)).not.toContain("email_verified");
});

test("an address is taken once, however it is written", async () => {
  await signUp("Taken@example.com");
  await expect(signUp("taken@EXAMPLE.com")).rejects.toMatchObject({
    name: "UsernameExistsException",
  });
});

test("the username of such a pool is an e-mail address, and its e-mail attribute the same", async () => {
  await expect(signUp("ada")).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "Username should be an email.",
  });
  await expect(
    signUp("me@example.com", { attributes: { email: "victim@example.com" } }),
  ).rejects.toMatchObject({ name: "InvalidParameterException" });
});

test("users cannot declare their own address verified, or choose their sub", async () => {
  await expect(
    signUp("liar@example.com", { attributes: { email_verified: "true" } }),
  ).rejects.toMatchObject({ name: "NotAuthorizedException" });
  await expect(
    signUp("liar@example.com", { attributes: { sub: "another-user" } }),
  ).rejects.toMatchObject({ name: "InvalidParameterException" });
});

test.each([
  ["Aa1!", "Password not long enough"],
  ["AAAAAA1!", "Password must have lowercase characters"],
  ["aaaaaa1!", "Password must have uppercase characters"],
  ["aaaaaaA!", "Password must have numeric characters"],
  ["aaaaaaA1", "Password must have symbol characters"],
])("the password %j breaks the default policy: %s", async (Password, reason) => {
  await expect(signUp("policy@example.com", { Password })).rejects.toMatchObject({
    name: "InvalidPasswordException",
    message: `Password did not conform with policy: ${reason}`,
  });
});

test("a pool's own policy counts, and what it leaves out is not required", async () => {
  const lax = await fixtures.createPool(aws, { passwordPolicy: { minimumLength: 12 } });
  const { clientId: ClientId } = lax;
  await expect(
    signUp("a@example.com", { Password: "eleven-long", ClientId }),
  ).rejects.toMatchObject({ name: "InvalidPasswordException" });
  await signUp("a@example.com", { Password: "twelve-long-", ClientId });
});

test("a pool that only administrators add users to takes no sign-ups", async () => {
  const { clientId: ClientId } = await fixtures.createPool(aws, { allowAdminCreateUserOnly: true });
  await expect(signUp("a@example.com", { ClientId })).rejects.toMatchObject({
    name: "NotAuthorizedException",
    message: "SignUp is not permitted for this user pool",
  });
});

test("a client that hides users responds for unknown ones as if they existed", async () => {
  const { clientId: ClientId } = pool;
  const Username = "unknown@example.com";
  const sent = aws.deliveries.length;
  const output = await aws.clients.cognito.send(
    new ResendConfirmationCodeCommand({ ClientId, Username }),
  );
  expect(output.CodeDeliveryDetails).toMatchObject({ Destination: "u***@e***" });
  expect(aws.deliveries.length).toBe(sent);
  await expect(confirm(Username, "123456")).rejects.toMatchObject(mismatch);

  const legacy = aws.cognito.createClient(pool.poolId, { name: "legacy" });
  await expect(confirm(Username, "123456", legacy.clientId)).rejects.toMatchObject({
    name: "UserNotFoundException",
  });
  await fixtures.createUser(aws, pool.poolId, "told@example.com");
  await expect(confirm("told@example.com", "123456", legacy.clientId)).rejects.toMatchObject({
    message: "User cannot be confirmed. Current status is CONFIRMED",
  });
});
