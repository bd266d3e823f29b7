/**
 * The SRP flow with the right password, by proofs that a library makes.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 * Source: https://github.com/ministackorg/ministack/pull/1758
 */
import {
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createSrpSession } from "cognito-srp-helper";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as mfa from "./authenticators.ts";
import * as fixtures from "./pools-and-users.ts";
import * as srp from "./srp-proof.ts";

type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;
let aws: StartedCloud;
let pool: Pool;
let usernames: Pool;
const client = {
  explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
};
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws, {}, client);
  usernames = await fixtures.createPool(aws, { usernameAttributes: [] }, client);
});
afterAll(() => aws.stop());

async function createUser(name: string): Promise<string> {
  await fixtures.createUser(aws, pool.poolId, name);
  return name;
}

describe("the right password", () => {
  it("brings tokens, however the address is written", async () => {
    await createUser("Ada@example.com");
    for (const name of ["ada@example.com", "ADA@EXAMPLE.COM"]) {
      const { AuthenticationResult } = await srp.signInBySrp(aws, pool, name, fixtures.password);
      expect(fixtures.claimsOf(present(AuthenticationResult?.IdToken))).toMatchObject({
        email: "ada@example.com",
      });
    }
  });

  it("brings tokens to users with usernames, however they are written", async () => {
    await fixtures.createUser(aws, usernames.poolId, "Grace@example.com");
    for (const name of ["Grace@example.com", "grace@EXAMPLE.com"]) {
      await expect(
        srp.signInBySrp(aws, usernames, name, fixtures.password),
      ).resolves.toHaveProperty("AuthenticationResult");
    }
  });

  it("is proved with numbers of any length", async () => {
    const name = await createUser("numbers@example.com");
    for (const password of ["1", "ü", "日本語"].map((end) => `Correct-Horse-1${end}`)) {
      await aws.clients.cognito.send(
        new AdminSetUserPasswordCommand({
          UserPoolId: pool.poolId,
          Username: name,
          Password: password,
          Permanent: true,
        }),
      );
      await expect(srp.signInBySrp(aws, pool, name, password)).resolves.toHaveProperty(
        "AuthenticationResult",
      );
    }
  });

  it("is proved by an administrator's client too", async () => {
    const name = await createUser("admin@example.com");
    const of = { UserPoolId: pool.poolId, ClientId: pool.clientId };
    const session = createSrpSession(name, fixtures.password, pool.poolId, false);
    const output = await aws.clients.cognito.send(
      new AdminInitiateAuthCommand({
        ...of,
        AuthFlow: "USER_SRP_AUTH",
        AuthParameters: { USERNAME: name, SRP_A: session.largeA },
      }),
    );
    const proof = srp.sign(session, present(output.ChallengeParameters));
    const response = new AdminRespondToAuthChallengeCommand({
      ...of,
      ChallengeName: "PASSWORD_VERIFIER",
      ChallengeResponses: { ...proof, USERNAME: name },
    });
    await expect(aws.clients.cognito.send(response)).resolves.toHaveProperty(
      "AuthenticationResult",
    );
  });

  it("does not pass by the second factor", async () => {
    const secured = await fixtures.createPool(aws, { mfaConfiguration: "ON" }, client);
    const secret = await mfa.createEnrolledUser(aws, secured, "mfa@example.com");
    const output = await srp.signInBySrp(aws, secured, "mfa@example.com", fixtures.password);
    expect(output.AuthenticationResult).toBeUndefined();
    const given = mfa.challengeIn(output);
    expect(given.name).toBe("SOFTWARE_TOKEN_MFA");
    const code = mfa.codeOf(aws, secret);
    await expect(mfa.respondWithCode(aws, secured.clientId, given, code)).resolves.toHaveProperty(
      "AuthenticationResult",
    );
  });

  it("is changed first if it is temporary", async () => {
    await fixtures.createInvitedUser(aws, pool.poolId, "invited@example.com");
    const output = await srp.signInBySrp(
      aws,
      pool,
      "invited@example.com",
      fixtures.temporaryPassword,
    );
    const given = mfa.challengeIn(output);
    expect(given.name).toBe("NEW_PASSWORD_REQUIRED");
    const NEW_PASSWORD = "Fresh-Horse-2";
    await expect(mfa.respond(aws, pool.clientId, given, { NEW_PASSWORD })).resolves.toHaveProperty(
      "AuthenticationResult",
    );
    await expect(
      srp.signInBySrp(aws, pool, "invited@example.com", NEW_PASSWORD),
    ).resolves.toHaveProperty("AuthenticationResult");
  });

  it("is changed by the name of the proof, however the username is written", async () => {
    await fixtures.createInvitedUser(aws, usernames.poolId, "Hopper@example.com");
    const proof = await srp.begin(aws, usernames, "HOPPER@example.com", fixtures.temporaryPassword);
    const given = mfa.challengeIn(await srp.prove(aws, usernames, proof));
    const asProved = { ...given, username: present(proof["USERNAME"]) };
    expect(asProved.username).toBe("hopper@example.com");
    await expect(
      mfa.respond(aws, usernames.clientId, asProved, { NEW_PASSWORD: "Fresh-Horse-2" }),
    ).resolves.toHaveProperty("AuthenticationResult");
  });

  it("learns that the user is disabled, and a wrong one does not", async () => {
    const name = await createUser("disabled@example.com");
    const user = { UserPoolId: pool.poolId, Username: name };
    await aws.clients.cognito.send(new AdminDisableUserCommand(user));
    await expect(srp.signInBySrp(aws, pool, name, fixtures.password)).rejects.toMatchObject({
      message: "User is disabled.",
    });
    await expect(srp.signInBySrp(aws, pool, name, "Wrong-Horse-1")).rejects.toMatchObject(
      fixtures.incorrect,
    );
  });

  it("needs the hash of a client that has a secret, over the name of each request", async () => {
    const name = await createUser("hashed@example.com");
    const { clientId, clientSecret = "" } = aws.cognito.createClient(pool.poolId, {
      name: "confidential",
      explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      generateSecret: true,
    });
    const SECRET_HASH = (of: string) => fixtures.secretHashOf(of, clientId, clientSecret);
    const session = createSrpSession(name, fixtures.password, pool.poolId, false);
    const parameters = { USERNAME: name, SRP_A: session.largeA };
    const start = (more: object) =>
      fixtures.initiate(aws, clientId, { ...parameters, ...more }, "USER_SRP_AUTH");
    await expect(start({})).rejects.toThrow("SECRET_HASH was not received");
    const output = await start({ SECRET_HASH: SECRET_HASH(name) });
    const proof = srp.sign(session, present(output.ChallengeParameters));
    const of = { ...pool, clientId };
    await expect(srp.prove(aws, of, proof)).rejects.toThrow("SECRET_HASH was not received");
    await expect(
      srp.prove(aws, of, { ...proof, SECRET_HASH: SECRET_HASH(proof.USERNAME) }),
    ).resolves.toHaveProperty("AuthenticationResult");
  });
});
