/** Commands that compute one-time passwords, over the local cloud's Cognito. */
import { AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Target } from "../../scripts/support/target.ts";
import {
  parseSecret,
  registerAuthenticator,
  signInWithSecret,
} from "../../scripts/support/totp.ts";
import { findUserPool, type UserPool } from "../../scripts/support/user-pools.ts";
import { createUser } from "../../scripts/support/users.ts";
import { createPool } from "../../packages/local/test/services/cognito/pools-and-users.ts";
import { startTestCloud, type StartedCloud } from "../../packages/local/test/support/test-cloud.ts";
import { namesOf } from "../../stacks/settings/names.ts";

let aws: StartedCloud;
let target: Target;
let pool: UserPool;
/** How long commands have waited, by the cloud's clock. Milliseconds. */
let waited: number[];
beforeEach(async () => {
  aws = await startTestCloud();
  // Where a step begins.
  aws.advance(step - (aws.now() % step));
  const name = `${namesOf("prod").resource("MyUserPool1")}-abcdefgh`;
  await createPool(
    aws,
    { name, mfaConfiguration: "ON" },
    { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
  );
  target = { stage: "prod", local: true, cognito: aws.clients.cognito };
  pool = await findUserPool(target, 1);
  waited = [];
  await createUser(target, pool, ada);
});
afterEach(() => aws.stop());

const step = 30_000;
const ada = { email: "ada@example.com", password: "Correct-Horse-1" };
const clock = {
  now: () => aws.now(),
  async until(time: number) {
    const milliseconds = time - aws.now();
    if (milliseconds <= 0) return;
    waited.push(milliseconds);
    aws.advance(milliseconds);
  },
};
const register = () => registerAuthenticator(target, pool, ada, clock);
const signInWith = (secret: string) => signInWithSecret(target, pool, ada, secret, clock);

describe("a sign-in with a secret", () => {
  it("does not wait after the authenticator was registered, at any time of a step", async () => {
    const secret = await register();
    for (const milliseconds of [0, 24_000, 2_000, 3_999]) {
      aws.advance(milliseconds);
      const user = { ...ada, email: `at-${milliseconds}@example.com` };
      await createUser(target, pool, user);
      const own = await registerAuthenticator(target, pool, user, clock);
      await expect(signInWithSecret(target, pool, user, own, clock)).resolves.toMatch(/^ey/);
    }
    await expect(signInWith(secret)).resolves.toMatch(/^ey/);
    expect(waited).toEqual([]);
  });

  it("takes the next code when one was used, and waits when that was used too", async () => {
    const secret = await register();
    await signInWith(secret);
    await signInWith(secret);
    expect(waited).toEqual([]);
    await signInWith(secret);
    expect(waited).toEqual([step]);
  });

  it("goes on with the password that replaced a temporary one, when a code was used", async () => {
    const secret = await register();
    await signInWith(secret);
    const { userPoolId: UserPoolId } = pool;
    const temporary = { UserPoolId, Username: ada.email, Password: ada.password };
    await aws.clients.cognito.send(new AdminSetUserPasswordCommand(temporary));
    const user = { ...ada, newPassword: async () => "Another-Horse-2" };
    await expect(signInWithSecret(target, pool, user, secret, clock)).resolves.toMatch(/^ey/);
    expect(waited).toEqual([]);
  });

  it("tells that a temporary password was replaced, though no code is right after it", async () => {
    await register();
    const { userPoolId: UserPoolId } = pool;
    const temporary = { UserPoolId, Username: ada.email, Password: ada.password };
    await aws.clients.cognito.send(new AdminSetUserPasswordCommand(temporary));
    const told: string[] = [];
    const onPasswordReplaced = () => told.push("replaced");
    const user = { ...ada, newPassword: async () => "Another-Horse-2", onPasswordReplaced };
    await expect(signInWithSecret(target, pool, user, "A".repeat(32), clock)).rejects.toThrow(
      "Invalid code received for user",
    );
    expect(told).toEqual(["replaced"]);
  });

  it("is rejected for a wrong secret, without another try", async () => {
    await register();
    await expect(signInWith("A".repeat(32))).rejects.toMatchObject({
      name: "CommandError",
      message: "ada@example.com was not signed in: Invalid code received for user",
    });
    expect(waited).toEqual([]);
  });

  it("says that there is no secret to pass before an authenticator is registered", async () => {
    await expect(signInWith("A".repeat(32))).rejects.toThrow(
      "ada@example.com has no authenticator yet",
    );
  });

  it("registers none for a user who has one", async () => {
    await register();
    await expect(register()).rejects.toThrow("ada@example.com has an authenticator already.");
  });
});

describe("a secret", () => {
  it.each(["JBSWY3DPEHPK3PXP", "jbsw y3dp ehpk 3pxp", "JBSW-Y3DP-EHPK-3PXP=="])(
    "is taken as %j",
    (text) => {
      expect(parseSecret(text)).toBe("JBSWY3DPEHPK3PXP");
    },
  );

  it.each(["", "123456", "JBSWY3DP", "JBSWY3DPEHPK3PX1"])("is not %j", (text) => {
    expect(() => parseSecret(text)).toThrow("Expected a secret in base32");
  });
});
