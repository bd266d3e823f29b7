/**
 * Users change their attributes, and verify their address.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
 * Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html
 * Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
import {
  ConfirmForgotPasswordCommand,
  DescribeUserPoolCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { attributeCalls, type Pool } from "./attribute-calls.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
/** A new address takes effect at once in the first, when it is verified in the second. */
let direct: Pool;
let verified: Pool;
beforeAll(async () => {
  aws = await startTestCloud();
  direct = await fixtures.createPool(aws);
  verified = await fixtures.createPool(aws, { verifiedBeforeUpdate: ["email"] });
});
afterAll(() => aws.stop());
// Past the requests of the test before, which count for a second.
beforeEach(() => aws.advance(1000));

const hour = 3_600_000;
const mismatch = { name: "CodeMismatchException" };
const expired = { name: "ExpiredCodeException" };

const { lastMail, accessTokenOf, update, sendCode, verify, attributesOf } = attributeCalls(
  () => aws,
);
const signsIn = (pool: Pool, email: string) => fixtures.signIn(aws, pool.clientId, email);

it("an attribute is written, and deleted by an empty value", async () => {
  const token = await accessTokenOf(direct, "written@example.com");
  const { CodeDeliveryDetailsList } = await update(token, { nickname: "Ada", locale: "en" });
  expect(CodeDeliveryDetailsList).toEqual([]);
  expect(await attributesOf(token)).toMatchObject({ nickname: "Ada", locale: "en" });
  await update(token, { nickname: "" });
  expect(await attributesOf(token)).not.toHaveProperty("nickname");
});

it.each([
  ["sub", "a"],
  ["custom:team", "a"],
  ["email", "no address"],
])("%s cannot become %j", async (name, value) => {
  const token = await accessTokenOf(direct, `invalid-${name.length}@example.com`);
  await expect(update(token, { [name]: value })).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});

describe("a new address", () => {
  const details = {
    AttributeName: "email",
    DeliveryMedium: "EMAIL",
    Destination: "n***@e***",
  };

  it("takes effect at once, not verified, and a code is sent there", async () => {
    const token = await accessTokenOf(direct, "direct@example.com");
    const output = await update(token, { email: "new-direct@example.com" });
    expect(output.CodeDeliveryDetailsList).toEqual([details]);
    expect(lastMail()).toMatchObject({
      kind: "UpdateUserAttribute",
      destination: "new-direct@example.com",
    });
    expect(await attributesOf(token)).toMatchObject({
      email: "new-direct@example.com",
      email_verified: "false",
    });
    await expect(signsIn(direct, "direct@example.com")).rejects.toMatchObject(fixtures.incorrect);
    await signsIn(direct, "New-Direct@example.com");
    await verify(token, lastMail().code);
    expect(await attributesOf(token)).toMatchObject({ email_verified: "true" });
  });

  it("takes effect when it is verified, where the pool says so; until then the old one does", async () => {
    const token = await accessTokenOf(verified, "old@example.com");
    const output = await update(token, { email: "new@example.com", nickname: "Ada" });
    expect(output.CodeDeliveryDetailsList).toEqual([details]);
    const { code, destination } = lastMail();
    expect(destination).toBe("new@example.com");
    expect(await attributesOf(token)).toMatchObject({
      email: "old@example.com",
      email_verified: "true",
      nickname: "Ada",
    });
    await signsIn(verified, "old@example.com");
    await expect(signsIn(verified, "new@example.com")).rejects.toMatchObject(fixtures.incorrect);
    await verify(token, code);
    expect(await attributesOf(token)).toMatchObject({
      email: "new@example.com",
      email_verified: "true",
    });
    await signsIn(verified, "new@example.com");
    await expect(signsIn(verified, "old@example.com")).rejects.toMatchObject(fixtures.incorrect);
  });

  it.each([
    ["at once", () => direct],
    ["when it is verified", () => verified],
  ])("that is another user's is rejected, where it takes effect %s", async (_, pool) => {
    await fixtures.createUser(aws, pool().poolId, "taken@example.com");
    const token = await accessTokenOf(pool(), "wants@example.com");
    const taken = { name: "AliasExistsException" };
    await expect(update(token, { email: "Taken@example.com" })).rejects.toMatchObject(taken);
    await signsIn(pool(), "wants@example.com");
  });

  it("that became another user's meanwhile is rejected", async () => {
    const token = await accessTokenOf(verified, "late@example.com");
    await update(token, { email: "contested@example.com" });
    const { code } = lastMail();
    await fixtures.createUser(aws, verified.poolId, "contested@example.com");
    await expect(verify(token, code)).rejects.toMatchObject({ name: "AliasExistsException" });
    expect(await attributesOf(token)).toMatchObject({ email: "late@example.com" });
  });

  it("is dropped by the one that there is, and replaced by another", async () => {
    const token = await accessTokenOf(verified, "back@example.com");
    await update(token, { email: "first@example.com" });
    const first = lastMail().code;
    await update(token, { email: "second@example.com" });
    await expect(verify(token, first)).rejects.toMatchObject(mismatch);
    await update(token, { email: "back@example.com" });
    await sendCode(token);
    expect(lastMail().destination).toBe("back@example.com");
  });

  it("that was dropped, its code verifies no other", async () => {
    const token = await accessTokenOf(verified, "kept@example.com");
    await update(token, { email: "dropped@example.com" });
    await update(token, { email: "kept@example.com" });
    await expect(verify(token, lastMail().code)).rejects.toMatchObject(expired);
    expect(await attributesOf(token)).toMatchObject({ email: "kept@example.com" });
  });

  it("is none in other letters, where their case does not matter", async () => {
    const token = await accessTokenOf(direct, "case@example.com");
    const output = await update(token, { email: "CASE@example.com" });
    expect(output.CodeDeliveryDetailsList).toEqual([]);
    expect(await attributesOf(token)).toMatchObject({ email_verified: "true" });
  });

  it("cannot be empty where users sign in with it", async () => {
    const token = await accessTokenOf(direct, "empty@example.com");
    await expect(update(token, { email: "" })).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("is gone with its code where there is none any longer", async () => {
    const byName = await fixtures.createPool(aws, { usernameAttributes: [] });
    const token = await accessTokenOf(byName, "ada@example.net");
    await update(token, { email: "ada@example.com" });
    await update(token, { email: "" });
    await expect(verify(token, lastMail().code)).rejects.toMatchObject(expired);
    expect(await attributesOf(token)).not.toHaveProperty("email_verified");
  });

  it("ends the codes that were sent to the one before", async () => {
    const token = await accessTokenOf(direct, "before@example.com");
    await sendCode(token);
    const { code } = lastMail();
    const user = { ClientId: direct.clientId, Username: "before@example.com" };
    await aws.clients.cognito.send(new ForgotPasswordCommand(user));
    const reset = lastMail().code;
    await update(token, { email: "after@example.com" });
    await expect(verify(token, code)).rejects.toMatchObject(mismatch);
    await expect(
      aws.clients.cognito.send(
        new ConfirmForgotPasswordCommand({
          ...user,
          Username: "after@example.com",
          ConfirmationCode: reset,
          Password: "Fresh-Horse-2",
        }),
      ),
    ).rejects.toMatchObject(expired);
  });
});

describe("a code for an address", () => {
  it("is sent when it is asked for, to the address that waits for it", async () => {
    const token = await accessTokenOf(verified, "asks@example.com");
    const { CodeDeliveryDetails } = await sendCode(token);
    expect(CodeDeliveryDetails).toMatchObject({ Destination: "a***@e***" });
    expect(lastMail()).toMatchObject({
      kind: "VerifyUserAttribute",
      destination: "asks@example.com",
    });
    await update(token, { email: "waits@example.com" });
    await sendCode(token);
    expect(lastMail().destination).toBe("waits@example.com");
  });

  it("is taken once, for a day", async () => {
    const token = await accessTokenOf(direct, "day@example.com");
    await sendCode(token);
    await expect(verify(token, "0000000")).rejects.toMatchObject(mismatch);
    const { code } = lastMail();
    await verify(token, code);
    await expect(verify(token, code)).rejects.toMatchObject(expired);
    await sendCode(token);
    const late = lastMail().code;
    aws.advance(24 * hour);
    const { AccessToken } = await signsIn(direct, "day@example.com");
    await expect(verify(AccessToken, late)).rejects.toMatchObject(expired);
  });

  it("of another attribute is not supported", async () => {
    const token = await accessTokenOf(direct, "phone@example.com");
    await expect(sendCode(token, "phone_number")).rejects.toThrow('only "email"');
    await expect(verify(token, "123456", "phone_number")).rejects.toThrow('only "email"');
  });

  it("is guessed fifteen times an hour, and asked for five times", async () => {
    const token = await accessTokenOf(direct, "guesses@example.com");
    const limited = { name: "LimitExceededException" };
    for (let at = 0; at < 5; at += 1) await sendCode(token);
    await expect(sendCode(token)).rejects.toMatchObject(limited);
    for (let at = 0; at < 15; at += 1) {
      await expect(verify(token, "0000000")).rejects.toMatchObject(mismatch);
    }
    await expect(verify(token, lastMail().code)).rejects.toMatchObject(limited);
  });
});

it("the pool describes when an address takes effect", async () => {
  const { UserPool } = await aws.clients.cognito.send(
    new DescribeUserPoolCommand({ UserPoolId: verified.poolId }),
  );
  expect(UserPool?.UserAttributeUpdateSettings).toEqual({
    AttributesRequireVerificationBeforeUpdate: ["email"],
  });
});
