/**
 * Passwords that others know, in a pool with threat protection.
 * Sources: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-compromised-credentials.html,
 * https://github.com/Badsworth/pfml_scripts,
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html
 */
import {
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startDeployableCloud, type DeployableCloud } from "../../resources/deployable-cloud.ts";
import { present } from "../../support/present.ts";
import * as fixtures from "./pools-and-users.ts";
import { blocking, deployProtectedPool } from "./protected-pool.ts";
import { signInBySrp } from "./srp-proof.ts";

const known = "Password12345!";
const email = "ada@example.com";
const refused = {
  name: "InvalidPasswordException",
  message: "Provided password cannot be used for security reasons.",
};
const mustReset = { name: "PasswordResetRequiredException" };

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud("refuse", "test");
});
afterEach(() => cloud.stop());

const signUp = (ClientId: string, Password: string) =>
  cloud.clients.cognito.send(new SignUpCommand({ ClientId, Username: email, Password }));
const setPassword = (UserPoolId: string, Password: string) =>
  cloud.clients.cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password, Permanent: true }),
  );
const signIn = (clientId: string, PASSWORD: string) =>
  fixtures.initiate(cloud, clientId, { USERNAME: email, PASSWORD });
async function statusOf(UserPoolId: string) {
  const user = await cloud.clients.cognito.send(
    new AdminGetUserCommand({ UserPoolId, Username: email }),
  );
  return user.UserStatus;
}

/** A user whose password an administrator has set, which is compared with nothing. */
async function userWith(poolId: string, password: string): Promise<void> {
  await fixtures.createUser(cloud, poolId, email);
  await setPassword(poolId, password);
}

describe("a password that others know", () => {
  it("is refused at a sign-up, and when it is chosen later", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    await expect(signUp(clientId, known)).rejects.toMatchObject(refused);

    await userWith(poolId, fixtures.password);
    const { AccessToken } = await fixtures.signIn(cloud, clientId, email);
    const change = { AccessToken, PreviousPassword: fixtures.password, ProposedPassword: known };
    await expect(
      cloud.clients.cognito.send(new ChangePasswordCommand(change)),
    ).rejects.toMatchObject(refused);

    await cloud.clients.cognito.send(
      new ForgotPasswordCommand({ ClientId: clientId, Username: email }),
    );
    const forgotten = { ClientId: clientId, Username: email, Password: known };
    const ConfirmationCode = present(cloud.deliveries.at(-1)).code;
    await expect(
      cloud.clients.cognito.send(
        new ConfirmForgotPasswordCommand({ ...forgotten, ConfirmationCode }),
      ),
    ).rejects.toMatchObject(refused);
  });

  it("is refused in place of a temporary one", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    const { username } = await fixtures.createInvitedUser(cloud, poolId, email);
    const { Session } = await signIn(clientId, fixtures.temporaryPassword);
    const respond = (NEW_PASSWORD: string) =>
      cloud.clients.cognito.send(
        new RespondToAuthChallengeCommand({
          ClientId: clientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          Session,
          ChallengeResponses: { USERNAME: username, NEW_PASSWORD },
        }),
      );
    await expect(respond(known)).rejects.toMatchObject(refused);
    await expect(respond(fixtures.password)).resolves.toHaveProperty("AuthenticationResult");
  });

  it("is refused at sign-in until another one is set, and the caller is told", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    await userWith(poolId, known);
    await expect(signIn(clientId, "Password123456!")).rejects.toMatchObject(fixtures.incorrect);
    expect(await statusOf(poolId)).toBe("CONFIRMED");
    await expect(signIn(clientId, known)).rejects.toMatchObject(mustReset);
    expect(await statusOf(poolId)).toBe("RESET_REQUIRED");
    await expect(signIn(clientId, known)).rejects.toMatchObject(mustReset);

    await cloud.clients.cognito.send(
      new ForgotPasswordCommand({ ClientId: clientId, Username: email }),
    );
    await cloud.clients.cognito.send(
      new ConfirmForgotPasswordCommand({
        ClientId: clientId,
        Username: email,
        Password: fixtures.password,
        ConfirmationCode: present(cloud.deliveries.at(-1)).code,
      }),
    );
    await expect(fixtures.signIn(cloud, clientId, email)).resolves.toHaveProperty("AccessToken");
  });

  it("signs in by SRP, which does not show it", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    await userWith(poolId, known);
    await expect(signInBySrp(cloud, { poolId, clientId }, email, known)).resolves.toHaveProperty(
      "AuthenticationResult",
    );
  });
});

describe("threat protection", () => {
  it.each<[string, object, object?]>([
    ["that only watches", { pool: { userPoolAddOns: { advancedSecurityMode: "AUDIT" } } }],
    ["without an action", { risks: {} }],
    [
      "that takes no action",
      {
        risks: {
          compromisedCredentialsRiskConfiguration: { actions: { eventAction: "NO_ACTION" } },
        },
      },
    ],
    [
      "of other events",
      {
        risks: {
          compromisedCredentialsRiskConfiguration: {
            actions: { eventAction: "BLOCK" },
            eventFilters: ["PASSWORD_CHANGE"],
          },
        },
      },
    ],
    ["with a client's own configuration", { clientRisks: {} }],
  ])("%s refuses no known password", async (_, program) => {
    const { poolId, clientId } = await deployProtectedPool(cloud, program);
    await expect(signUp(clientId, known)).resolves.toHaveProperty("UserSub");
    await setPassword(poolId, known);
    await expect(signIn(clientId, known)).resolves.toHaveProperty("AuthenticationResult");
  });

  it("of a client holds in place of its pool's, as long as it is there", async () => {
    const program = { risks: {}, clientRisks: blocking };
    const { clientId } = await deployProtectedPool(cloud, program);
    await expect(signUp(clientId, known)).rejects.toMatchObject(refused);
    await deployProtectedPool(cloud, { risks: {} });
    await expect(signUp(clientId, known)).resolves.toHaveProperty("UserSub");
  });

  it.each(["ESSENTIALS", "LITE", undefined])("is no part of the plan %s", async (userPoolTier) => {
    const off = { userPoolAddOns: { advancedSecurityMode: "OFF" } };
    const unavailable = { code: "FeatureUnavailableInTierException" };
    await expect(deployProtectedPool(cloud, { pool: { userPoolTier } })).rejects.toMatchObject(
      unavailable,
    );
    await expect(
      deployProtectedPool(cloud, { pool: { userPoolTier, ...off } }),
    ).rejects.toMatchObject(unavailable);
  });
});
