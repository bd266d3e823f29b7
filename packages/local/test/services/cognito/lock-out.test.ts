/**
 * The lock-out after wrong passwords.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html
 * Source: https://github.com/amazon-archives/amazon-cognito-identity-js/issues/479
 */
import { AdminInitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const minute = 60_000;
const locked = { name: "NotAuthorizedException", message: "Password attempts exceeded" };
const withPassword = (name: string, password: string, clientId = pool.clientId) =>
  fixtures.initiate(aws, clientId, { USERNAME: name, PASSWORD: password });
const right = (name: string) => withPassword(name, fixtures.password);
const wrong = (name: string) => withPassword(name, "Wrong-Horse-1");

/** Tries wrong passwords, each after the lock-out of the one before. */
async function fail(name: string, times: number): Promise<void> {
  for (let failures = 1; failures <= times; failures += 1) {
    await expect(wrong(name)).rejects.toMatchObject(fixtures.incorrect);
    if (failures < times) aws.advance(lockOutAfter(failures));
  }
}

/** Documented: 2^(n-5) seconds after n failures, at most about 15 minutes. */
const lockOutAfter = (failures: number) =>
  failures < 5 ? 0 : Math.min(2 ** (failures - 5) * 1000, 15 * minute);

async function createUser(name: string): Promise<string> {
  await fixtures.createUser(aws, pool.poolId, name);
  return name;
}

describe("after five wrong passwords", () => {
  it("sixty more and then the right one are rejected", async () => {
    const name = await createUser("sixty@example.com");
    await fail(name, 5);
    for (let attempt = 6; attempt <= 60; attempt += 1) {
      await expect(wrong(name)).rejects.toMatchObject(locked);
    }
    await expect(right(name)).rejects.toMatchObject(locked);
  });

  it("concurrent requests get no further attempts", async () => {
    const name = await createUser("burst@example.com");
    const tries = await Promise.allSettled(Array.from({ length: 60 }, () => wrong(name)));
    const messages = tries.map((tried) =>
      tried.status === "rejected" ? String(tried.reason) : "",
    );
    expect(messages.filter((text) => text.includes(fixtures.incorrect.message))).toHaveLength(5);
    expect(messages.filter((text) => text.includes(locked.message))).toHaveLength(55);
  });

  it("the right password signs in after one second", async () => {
    const name = await createUser("second@example.com");
    await fail(name, 5);
    aws.advance(999);
    await expect(right(name)).rejects.toMatchObject(locked);
    aws.advance(1);
    await expect(right(name)).resolves.toHaveProperty("AuthenticationResult");
  });

  it.each([
    [6, 2],
    [7, 4],
    [10, 32],
    [14, 512],
    [15, 900],
  ])("the lock-out after %i failures is %i seconds", async (failures, seconds) => {
    const name = await createUser(`after-${failures}@example.com`);
    await fail(name, failures);
    aws.advance(seconds * 1000 - 1);
    await expect(right(name)).rejects.toMatchObject(locked);
    aws.advance(1);
    await expect(right(name)).resolves.toHaveProperty("AuthenticationResult");
  });

  it("each further failure has the longest lock-out", async () => {
    const name = await createUser("stubborn@example.com");
    await fail(name, 15);
    aws.advance(1000);
    await expect(wrong(name)).rejects.toMatchObject(locked);
    aws.advance(15 * minute - 1000);
    await fail(name, 1);
    aws.advance(15 * minute - 1);
    await expect(right(name)).rejects.toMatchObject(locked);
    aws.advance(1);
    await expect(right(name)).resolves.toHaveProperty("AuthenticationResult");
  });

  it("attempts during a lock-out do not extend it", async () => {
    const name = await createUser("patient@example.com");
    await fail(name, 6);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(wrong(name)).rejects.toMatchObject(locked);
    }
    aws.advance(2000);
    await expect(right(name)).resolves.toHaveProperty("AuthenticationResult");
  });
});

describe("the count is reset", () => {
  it("by a sign-in", async () => {
    const name = await createUser("signs-in@example.com");
    await fail(name, 5);
    aws.advance(1000);
    await right(name);
    await fail(name, 5);
    aws.advance(1000);
    await expect(right(name)).resolves.toHaveProperty("AuthenticationResult");
  });

  it("by fifteen minutes without an attempt, and not before", async () => {
    const name = await createUser("rest@example.com");
    await fail(name, 8);
    aws.advance(15 * minute - 1);
    await expect(wrong(name)).rejects.toMatchObject(fixtures.incorrect);
    await expect(wrong(name)).rejects.toMatchObject(locked);
    aws.advance(15 * minute);
    await fail(name, 5);
    aws.advance(1000);
    await expect(right(name)).resolves.toHaveProperty("AuthenticationResult");
  });
});

describe("the lock-out is the user's", () => {
  it("for every spelling of the name and every client, and for AdminInitiateAuth", async () => {
    const { username } = await fixtures.createUser(aws, pool.poolId, "same@example.com");
    await fail("same@example.com", 4);
    await fail("SAME@Example.com", 1);
    const other = aws.cognito.createClient(pool.poolId, {
      name: "other",
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    await expect(right(username)).rejects.toMatchObject(locked);
    await expect(
      withPassword("same@example.com", fixtures.password, other.clientId),
    ).rejects.toMatchObject(locked);
    const asAdministrator = new AdminInitiateAuthCommand({
      UserPoolId: pool.poolId,
      ClientId: pool.clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "same@example.com", PASSWORD: fixtures.password },
    });
    await expect(aws.clients.cognito.send(asAdministrator)).rejects.toMatchObject(locked);
  });

  it("and not another user's, nor that of the same name in another pool", async () => {
    const other = await fixtures.createPool(aws);
    await createUser("mine@example.com");
    await createUser("yours@example.com");
    await fixtures.createUser(aws, other.poolId, "mine@example.com");
    await fail("mine@example.com", 5);
    await expect(right("yours@example.com")).resolves.toHaveProperty("AuthenticationResult");
    await expect(
      withPassword("mine@example.com", fixtures.password, other.clientId),
    ).resolves.toHaveProperty("AuthenticationResult");
  });

  it("and does not prevent concurrent sign-ins", async () => {
    const name = await createUser("many@example.com");
    await expect(Promise.all(Array.from({ length: 12 }, () => right(name)))).resolves.toHaveLength(
      12,
    );
  });
});
