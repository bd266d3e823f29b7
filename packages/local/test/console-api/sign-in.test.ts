/** The first sign-in of a user in the console: a temporary password, and an authenticator. */
import { AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { signedInSchema } from "../../src/console-api/sign-in-view.ts";
import { usersSchema } from "../../src/console-api/users-view.ts";
import { totpCode, totpStepAt } from "../../src/services/cognito/totp.ts";
import { createPool } from "../services/cognito/pools-and-users.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

const username = "ada@example.com";
const newPassword = "Correct-Horse-1!";

let cloud: StartedCloud;
let api: ReturnType<typeof openApi>;
let userPoolId: string;

/** An invited user of a pool, whose temporary password is the mail's. */
async function invite(mfaConfiguration: "OFF" | "ON", generateSecret = false): Promise<string> {
  cloud = await startTestCloud();
  onTestFinished(() => cloud.stop());
  api = openApi(cloud);
  userPoolId = (await createPool(cloud, { mfaConfiguration }, { generateSecret })).poolId;
  await api.call("POST", "/users", { userPoolId, username });
  return cloud.deliveries.at(-1)?.code ?? "";
}

const post = (body: object) => api.call("POST", "/sign-in", { userPoolId, username, ...body });

async function signIn(body: object) {
  const { json } = await post(body);
  return json;
}

const refusal = async (body: object) => ({ ...(await post(body)), headers: undefined });

async function thePool() {
  const { json } = await api.call("GET", "/users");
  return usersSchema.parse(json).userPools[0];
}

const authenticatorIn = (json: unknown) => {
  const answer = z.parse(signedInSchema, json);
  if (!("authenticator" in answer)) throw new Error("No authenticator is asked for.");
  return answer.authenticator;
};

const codeOf = (secret: string, steps = 0) => totpCode(secret, totpStepAt(cloud.now()) + steps);

describe.each([false, true])(
  "a temporary password, with a client that has a secret: %s",
  (secret) => {
    it("is replaced by a new one, with which the user signs in from then on", async () => {
      const password = await invite("OFF", secret);
      expect(await refusal({ password })).toMatchObject({
        status: 409,
        json: { detail: "The password is temporary: send a new one with it." },
      });
      expect(await signIn({ password, newPassword })).toEqual({ idToken: expect.any(String) });
      expect((await thePool())?.users).toMatchObject([{ status: "CONFIRMED" }]);
      expect(await signIn({ password: newPassword })).toEqual({ idToken: expect.any(String) });
    });
  },
);

it("a new password that the policy refuses is refused in Cognito's words, and the temporary one stays", async () => {
  const password = await invite("OFF");
  expect(await refusal({ password, newPassword: "short" })).toMatchObject({
    status: 409,
    json: { detail: expect.stringContaining("InvalidPasswordException") },
  });
  expect(await signIn({ password, newPassword })).toEqual({ idToken: expect.any(String) });
});

describe("where one-time passwords are required", () => {
  let asked: { readonly secret: string; readonly session: string };
  beforeEach(async () => {
    asked = authenticatorIn(await signIn({ password: await invite("ON"), newPassword }));
  });

  it("an authenticator is registered, and asked for from then on", async () => {
    const { secret, session } = asked;
    expect(await signIn({ session, code: codeOf(secret) })).toEqual({
      idToken: expect.any(String),
    });
    expect(await refusal({ password: newPassword })).toMatchObject({
      json: { detail: "The user has an authenticator: send its code." },
    });
    const code = codeOf(secret, 1);
    expect(await signIn({ password: newPassword, code })).toEqual({ idToken: expect.any(String) });
  });

  it("the answer says that the new password is set, which it then is", async () => {
    expect(asked).toMatchObject({ isPasswordReplaced: true });
    const again = authenticatorIn(await signIn({ password: newPassword }));
    expect(again).toMatchObject({ isPasswordReplaced: false });
  });

  it("a wrong code registers none, and the right one still does", async () => {
    const { secret, session } = asked;
    const right = codeOf(secret);
    const code = right === "000000" ? "000001" : "000000";
    expect(await refusal({ session, code })).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining("EnableSoftwareTokenMFAException") },
    });
    expect(await refusal({ session })).toMatchObject({ status: 409 });
    expect(await signIn({ session, code: right })).toEqual({ idToken: expect.any(String) });
  });

  it("a session that was never issued is refused", async () => {
    const session = "a-session-that-was-never-issued";
    expect(await refusal({ session, code: "123456" })).toMatchObject({ status: 409 });
  });
});

/** Registers an authenticator, then sets a temporary password in place of the first. */
async function resetTo(password: string): Promise<string> {
  const asked = authenticatorIn(await signIn({ password: await invite("ON"), newPassword }));
  await signIn({ session: asked.session, code: codeOf(asked.secret) });
  await cloud.clients.cognito.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: userPoolId,
      Username: username,
      Password: password,
    }),
  );
  return asked.secret;
}

describe("a temporary password of a user who has an authenticator", () => {
  it.each([
    ["no code", undefined, "The user has an authenticator: send its code."],
    ["a used code", 0, "ExpiredCodeException"],
  ])("is replaced even with %s, which the refusal says", async (_, step, reason) => {
    const password = "Temporary-Horse-1!";
    const secret = await resetTo(password);
    const other = "Correct-Horse-2!";
    const given = step === undefined ? {} : { code: codeOf(secret, step) };
    const { json } = await refusal({ password, newPassword: other, ...given });
    expect(json).toMatchObject({ detail: expect.stringContaining(reason) });
    expect(json).toMatchObject({
      detail: expect.stringContaining("The new password is set: sign in with it."),
    });
    expect(await signIn({ password: other, code: codeOf(secret, 1) })).toEqual({
      idToken: expect.any(String),
    });
  });
});

it("a pool says whether it has login pages, where a user could do the same", async () => {
  await invite("OFF");
  expect(await thePool()).toMatchObject({ hasLoginPages: false });
  cloud.cognito.createDomain(userPoolId, "users");
  expect(await thePool()).toMatchObject({ hasLoginPages: true });
});
