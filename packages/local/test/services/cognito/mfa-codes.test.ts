/**
 * The codes of authenticators: when one is taken, and how often one may be guessed.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
 * Source: https://github.com/aws-amplify/amplify-swift
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as mfa from "./authenticators.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws, { mfaConfiguration: "ON" });
});
afterAll(() => aws.stop());

const mismatch = { name: "CodeMismatchException", message: "Invalid code received for user" };
const used = {
  name: "ExpiredCodeException",
  message: "Your software token has already been used once.",
};
const locked = { name: "NotAuthorizedException", message: "Password attempts exceeded" };

const challenge = (email: string) => mfa.challenge(aws, pool.clientId, email);
const enroll = (email: string) => mfa.createEnrolledUser(aws, pool, email);
const respond = (given: mfa.Challenge, code: string) =>
  mfa.respondWithCode(aws, pool.clientId, given, code);
/** A whole sign-in, with one code. */
const signIn = async (email: string, code: string) => respond(await challenge(email), code);

describe("a code", () => {
  it.each([
    ["the step before", -1],
    ["now", 0],
    ["the step after", 1],
  ])("of %s is taken", async (_, steps) => {
    const secret = await enroll(`near${steps}@example.com`);
    const code = mfa.codeOf(aws, secret, steps * mfa.step);
    await expect(signIn(`near${steps}@example.com`, code)).resolves.toHaveProperty(
      "AuthenticationResult",
    );
  });

  it.each([-2, 2])("that is %i steps away is not", async (steps) => {
    const secret = await enroll(`far${steps}@example.com`);
    const code = mfa.codeOf(aws, secret, steps * mfa.step);
    await expect(signIn(`far${steps}@example.com`, code)).rejects.toMatchObject(mismatch);
  });

  it("is taken once, and those before it no more", async () => {
    const secret = await enroll("once@example.com");
    const [before, current] = [-mfa.step, 0].map((offset) => mfa.codeOf(aws, secret, offset));
    await signIn("once@example.com", present(current));
    await expect(signIn("once@example.com", present(current))).rejects.toMatchObject(used);
    await expect(signIn("once@example.com", present(before))).rejects.toMatchObject(used);
    await signIn("once@example.com", mfa.codeOf(aws, secret, mfa.step));
  });

  it("that verified the authenticator is used up", async () => {
    const email = "verified@example.com";
    await fixtures.createUser(aws, pool.poolId, email);
    const { secret, session: Session } = await mfa.associate(aws, {
      Session: (await challenge(email)).session,
    });
    const code = mfa.codeOf(aws, secret);
    await mfa.verify(aws, { Session }, code);
    await expect(signIn(email, code)).rejects.toMatchObject(used);
  });

  it("that many send at once brings tokens once", async () => {
    const secret = await enroll("race@example.com");
    const code = mfa.codeOf(aws, secret);
    const given = await Promise.all(Array.from({ length: 4 }, () => challenge("race@example.com")));
    const answers = await Promise.allSettled(given.map((each) => respond(each, code)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("and another one do not both bring tokens in one session", async () => {
    const secret = await enroll("two@example.com");
    const given = await challenge("two@example.com");
    const codes = [-mfa.step, 0].map((offset) => mfa.codeOf(aws, secret, offset));
    const answers = await Promise.allSettled(codes.map((code) => respond(given, code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it.each(["12345", "1234567", "abcdef", "１２３４５６"])("such as %j is wrong", async (code) => {
    await enroll("odd@example.com").catch(() => undefined); // It is there after the first.
    await expect(signIn("odd@example.com", code)).rejects.toMatchObject(mismatch);
    aws.advance(15 * 60_000);
  });
});

/** A user who gave five; `wrongly` gives one more. */
async function afterFive(email: string) {
  const secret = await enroll(email);
  const wrongly = async () => signIn(email, mfa.wrongCode(aws, secret));
  for (let failures = 1; failures <= 5; failures += 1) {
    await expect(wrongly()).rejects.toMatchObject(mismatch);
  }
  return { secret, wrongly };
}

// Documented: "After five unsuccessful attempts to present an MFA code, Amazon Cognito begins the
// exponential-timeout lockout process".
describe("after five wrong codes", () => {
  it("the right password in between has not reset the count, and neither factor is taken", async () => {
    const { wrongly } = await afterFive("guessed@example.com");
    await expect(challenge("guessed@example.com")).rejects.toMatchObject(locked);
    aws.advance(1000);
    await expect(wrongly()).rejects.toMatchObject(mismatch);
    aws.advance(1999);
    await expect(challenge("guessed@example.com")).rejects.toMatchObject(locked);
  });

  it("a session that was opened before waits too", async () => {
    const secret = await enroll("waiting@example.com");
    const given = await challenge("waiting@example.com");
    const wrong = mfa.wrongCode(aws, secret);
    for (let failures = 1; failures <= 5; failures += 1) {
      await expect(respond(given, wrong)).rejects.toMatchObject(mismatch);
    }
    await expect(respond(given, mfa.codeOf(aws, secret))).rejects.toMatchObject(locked);
    aws.advance(1000);
    await expect(respond(given, mfa.codeOf(aws, secret))).resolves.toHaveProperty(
      "AuthenticationResult",
    );
  });

  it("sixty that come at once get no further attempts", async () => {
    const secret = await enroll("burst@example.com");
    const given = await challenge("burst@example.com");
    const wrong = mfa.wrongCode(aws, secret);
    const tries = await Promise.allSettled(Array.from({ length: 60 }, () => respond(given, wrong)));
    const messages = tries.map((tried) =>
      tried.status === "rejected" ? String(tried.reason) : "",
    );
    expect(messages.filter((text) => text.includes(mismatch.message))).toHaveLength(5);
    expect(messages.filter((text) => text.includes(locked.message))).toHaveLength(55);
  });

  it("the sign-in with the right one resets the count", async () => {
    const { secret, wrongly } = await afterFive("resets@example.com");
    aws.advance(1000);
    await signIn("resets@example.com", mfa.codeOf(aws, secret));
    for (let failures = 1; failures <= 5; failures += 1) {
      await expect(wrongly()).rejects.toMatchObject(mismatch);
    }
  });

  it("and a used one counts as a wrong one", async () => {
    const secret = await enroll("replayed@example.com");
    const code = mfa.codeOf(aws, secret);
    await signIn("replayed@example.com", code);
    for (let failures = 1; failures <= 5; failures += 1) {
      await expect(signIn("replayed@example.com", code)).rejects.toMatchObject(used);
    }
    await expect(challenge("replayed@example.com")).rejects.toMatchObject(locked);
  });
});
