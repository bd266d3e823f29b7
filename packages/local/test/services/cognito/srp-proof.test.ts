/**
 * What the SRP flow takes, and what it does not.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 * Source: https://github.com/ministackorg/ministack/pull/1758
 * Source: https://github.com/amazon-archives/amazon-cognito-identity-js/issues/683
 */
import { AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { getDiffieHellman } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";
import * as srp from "./srp-proof.ts";

type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;
let aws: StartedCloud;
let pool: Pool;
const client = {
  explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
};
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws, {}, client);
});
afterAll(() => aws.stop());

const begin = (name: string, password = fixtures.password, timestamp?: string) =>
  srp.begin(aws, pool, name, password, timestamp);
const prove = (proof: srp.Proof) => srp.prove(aws, pool, proof);
async function createUser(name: string): Promise<string> {
  await fixtures.createUser(aws, pool.poolId, name);
  return name;
}

describe("a proof", () => {
  it("of a wrong password is rejected, and counts as one", async () => {
    const name = await createUser("wrong@example.com");
    await expect(srp.signInBySrp(aws, pool, name, "Wrong-Horse-1")).rejects.toMatchObject(
      fixtures.incorrect,
    );
    for (let failures = 2; failures <= 5; failures += 1) {
      const { proof } = await srp.guess(aws, pool, name);
      await expect(prove(proof)).rejects.toMatchObject(fixtures.incorrect);
    }
    const locked = { message: "Password attempts exceeded" };
    await expect(srp.signInBySrp(aws, pool, name, fixtures.password)).rejects.toMatchObject(locked);
    await expect(fixtures.signIn(aws, pool.clientId, name)).rejects.toMatchObject(locked);
  });

  it("brings tokens once, also at the same time", async () => {
    const proof = await begin(await createUser("once@example.com"));
    const answers = await Promise.allSettled([prove(proof), prove(proof), prove(proof)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(prove(proof)).rejects.toMatchObject(fixtures.incorrect);
  });

  it("is one of its client, its user, its exchange and its time", async () => {
    const name = await createUser("bound@example.com");
    await createUser("other@example.com");
    const proof = await begin(name);
    const others = await begin("other@example.com");
    const { clientId } = aws.cognito.createClient(pool.poolId, { name: "other", ...client });
    const block = present(proof["PASSWORD_CLAIM_SECRET_BLOCK"]);
    const altered = `${block.startsWith("A") ? "B" : "A"}${block.slice(1)}`;
    const wrong: srp.Proof[] = [
      { ...proof, USERNAME: present(others["USERNAME"]) },
      { ...others, PASSWORD_CLAIM_SECRET_BLOCK: block, USERNAME: name },
      { ...proof, PASSWORD_CLAIM_SECRET_BLOCK: altered },
      { ...proof, PASSWORD_CLAIM_SECRET_BLOCK: "AAAA" },
      { ...proof, TIMESTAMP: "Wed Nov 25 12:00:00 UTC 2026" },
    ];
    for (const each of wrong) await expect(prove(each)).rejects.toMatchObject(fixtures.incorrect);
    await expect(srp.prove(aws, { ...pool, clientId }, proof)).rejects.toMatchObject(
      fixtures.incorrect,
    );
    await expect(prove(proof)).resolves.toHaveProperty("AuthenticationResult");

    const late = await begin(name);
    aws.advance(3 * 60_000);
    await expect(prove(late)).rejects.toMatchObject(fixtures.incorrect);
  });

  it("of the password before is rejected", async () => {
    const name = await createUser("changed@example.com");
    const proof = await begin(name);
    await aws.clients.cognito.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: pool.poolId,
        Username: name,
        Password: "Fresh-Horse-2",
        Permanent: true,
      }),
    );
    await expect(prove(proof)).rejects.toMatchObject(fixtures.incorrect);
  });

  it.each(["Thu Nov 05 12:00:00 UTC 2026", "Mon Nov 25 12:00:00 UTC 2026"])(
    "signed for %s, which AWS writes otherwise, is rejected",
    async (timestamp) => {
      const name = await createUser(`${timestamp.slice(0, 3)}@example.com`);
      const proof = await begin(name, fixtures.password, timestamp);
      await expect(prove(proof)).rejects.toMatchObject(fixtures.incorrect);
    },
  );

  it.each(["2026-11-25T12:00:00Z", "Wed Nov 25 12:00:00 IST 2026", "Xyz Abc 99 99:99:99 UTC 2026"])(
    "signed for %j has no time",
    async (timestamp) => {
      const { proof } = await srp.guess(aws, pool, "time@example.com");
      await expect(prove({ ...proof, TIMESTAMP: timestamp })).rejects.toMatchObject({
        name: "InvalidParameterException",
        message: "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.",
      });
    },
  );

  it.each(["PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE"])(
    "whose %s is missing or no base64 is invalid",
    async (name) => {
      const { proof } = await srp.guess(aws, pool, "base64@example.com");
      const rest = Object.fromEntries(Object.entries(proof).filter(([key]) => key !== name));
      const rejection = { name: "InvalidParameterException" };
      await expect(prove(rest)).rejects.toMatchObject(rejection);
      await expect(prove({ ...rest, [name]: "***" })).rejects.toMatchObject(rejection);
    },
  );
});

describe("a beginning", () => {
  it("needs a client that allows it", async () => {
    const { clientId } = aws.cognito.createClient(pool.poolId, {
      name: "no-srp",
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    await expect(srp.guess(aws, { ...pool, clientId }, "ada@example.com")).rejects.toThrow(
      "USER_SRP_AUTH flow not enabled for this client",
    );
  });

  it("with a device is rejected by name", async () => {
    const parameters = { USERNAME: "ada@example.com", SRP_A: "2", DEVICE_KEY: "key" };
    await expect(
      fixtures.initiate(aws, pool.clientId, parameters, "USER_SRP_AUTH"),
    ).rejects.toThrow("parameter DEVICE_KEY");
    const { proof } = await srp.guess(aws, pool, "device@example.com");
    await expect(prove({ ...proof, DEVICE_KEY: "key" })).rejects.toThrow("parameter DEVICE_KEY");
  });

  it.each([
    ["zero", "0"],
    ["no number", "xyz"],
    ["negative", "-1"],
    ["the prime", "prime"],
    ["longer than the prime", "f".repeat(769)],
  ])("whose public value is %s is invalid, for nobody too", async (_, value) => {
    const SRP_A = value === "prime" ? getDiffieHellman("modp15").getPrime("hex") : value;
    for (const USERNAME of ["ada@example.com", "nobody@example.com"]) {
      await expect(
        fixtures.initiate(aws, pool.clientId, { USERNAME, SRP_A }, "USER_SRP_AUTH"),
      ).rejects.toMatchObject({ name: "InvalidParameterException" });
    }
  });
});
