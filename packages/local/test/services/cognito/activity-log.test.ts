/**
 * What a pool with threat protection logs of its users.
 * Sources: https://docs.aws.amazon.com/cognito/latest/developerguide/exporting-quotas-and-usage.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cognito-logdeliveryconfiguration-cloudwatchlogsconfiguration.html
 */
import {
  ChangePasswordCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startDeployableCloud, type DeployableCloud } from "../../resources/deployable-cloud.ts";
import * as fixtures from "./pools-and-users.ts";
import { deployProtectedPool, eventsIn, group } from "./protected-pool.ts";
import { signInBySrp } from "./srp-proof.ts";

const email = "ada@example.com";

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud("refuse", "test");
});
afterEach(() => cloud.stop());

const signIn = (clientId: string, PASSWORD: string, USERNAME = email) =>
  fixtures.initiate(cloud, clientId, { USERNAME, PASSWORD }).catch(() => undefined);

/** Type and response of each event. */
const inShort = () =>
  eventsIn(cloud).map(
    ({ message }) => `${String(message["eventType"])} ${String(message["eventResponse"])}`,
  );

describe("the user activity log", () => {
  it("has an event of a sign-in in the documented form", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    const { sub } = await fixtures.createUser(cloud, poolId, email);
    await signIn(clientId, fixtures.password);
    const uuid = expect.stringMatching(/^[\da-f-]{36}$/);
    expect(eventsIn(cloud)).toEqual([
      {
        eventTimestamp: String(cloud.now()),
        eventSource: "USER_ACTIVITY",
        logLevel: "INFO",
        message: {
          version: "1",
          eventId: uuid,
          eventType: "SignIn",
          userSub: sub,
          userName: sub,
          userPoolId: poolId,
          clientId,
          creationDate: expect.stringMatching(
            /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}$/,
          ),
          eventResponse: "Pass",
          riskLevel: "",
          riskDecision: "PASS",
          challenges: [{ challengeName: "Password", challengeResponse: "Success" }],
          deviceName: "Other, Other",
          ipAddress: "127.0.0.1",
          requestId: uuid,
          idpName: "",
          compromisedCredentialDetected: "false",
          city: "",
          country: "",
          eventFeedbackValue: "",
          eventFeedbackDate: "",
          eventFeedbackProvider: "",
          hasContextData: "true",
        },
        logSourceId: { userPoolId: poolId },
      },
    ]);
  });

  it("has what users do and what came of it, and neither addresses nor passwords", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    const named = { ClientId: clientId, Username: email };
    await cloud.clients.cognito.send(new SignUpCommand({ ...named, Password: fixtures.password }));
    await cloud.clients.cognito.send(new ResendConfirmationCodeCommand(named));
    await signIn(clientId, fixtures.password);
    await fixtures.createUser(cloud, poolId, "grace@example.com");
    await signIn(clientId, "Wrong-Horse-1", "grace@example.com");
    await signInBySrp(cloud, { poolId, clientId }, "grace@example.com", fixtures.password);
    const { AccessToken } = await fixtures.signIn(cloud, clientId, "grace@example.com");
    await cloud.clients.cognito.send(
      new ChangePasswordCommand({
        AccessToken,
        PreviousPassword: fixtures.password,
        ProposedPassword: "Fresh-Horse-2",
      }),
    );
    await cloud.clients.cognito.send(
      new ForgotPasswordCommand({ ClientId: clientId, Username: "grace@example.com" }),
    );
    expect(inShort()).toEqual([
      "SignUp InProgress",
      "ResendCode Pass",
      "SignIn Fail",
      "SignIn Fail",
      "SignIn Pass",
      "SignIn Pass",
      "PasswordChange Pass",
      "ForgotPassword InProgress",
    ]);
    const text = JSON.stringify(eventsIn(cloud));
    for (const secret of ["example.com", "Horse"]) expect(text).not.toContain(secret);
  });

  it("says of a sign-in with a challenge that it goes on", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    await fixtures.createInvitedUser(cloud, poolId, email);
    await signIn(clientId, fixtures.temporaryPassword);
    expect(inShort()).toEqual(["SignIn InProgress"]);
  });

  it("names no user where there is none of that name", async () => {
    const { clientId } = await deployProtectedPool(cloud);
    await signIn(clientId, "Wrong-Horse-1", "unknown@example.com");
    expect(eventsIn(cloud)).toMatchObject([
      { message: { userSub: "", userName: "", eventResponse: "Fail" } },
    ]);
    expect(JSON.stringify(eventsIn(cloud))).not.toContain("unknown@");
  });

  it("says that a password is known, and that it was blocked for that", async () => {
    const watching = { pool: { userPoolAddOns: { advancedSecurityMode: "AUDIT" } } };
    for (const program of [watching, {}]) {
      const { clientId } = await deployProtectedPool(cloud, program);
      await cloud.clients.cognito
        .send(
          new SignUpCommand({ ClientId: clientId, Username: email, Password: "Password12345!" }),
        )
        .catch(() => undefined);
    }
    expect(eventsIn(cloud)).toMatchObject([
      { message: { compromisedCredentialDetected: "true", riskDecision: "PASS" } },
      { message: { compromisedCredentialDetected: "true", riskDecision: "BLOCK" } },
    ]);
  });

  it("says nothing of a known password that is not the user's", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    await fixtures.createUser(cloud, poolId, email);
    await signIn(clientId, "Password12345!");
    expect(eventsIn(cloud)).toMatchObject([
      {
        message: {
          eventResponse: "Fail",
          compromisedCredentialDetected: "false",
          riskDecision: "PASS",
        },
      },
    ]);
  });

  it("does not say that a known password was blocked, where another reason refused it", async () => {
    const { clientId } = await deployProtectedPool(cloud, {
      risks: {
        compromisedCredentialsRiskConfiguration: {
          actions: { eventAction: "BLOCK" },
          eventFilters: ["SIGN_IN"],
        },
      },
    });
    const Password = "Password12345!";
    const named = { ClientId: clientId, Username: email, Password };
    await cloud.clients.cognito.send(new SignUpCommand(named));
    await cloud.clients.cognito.send(new SignUpCommand(named)).catch(() => undefined);
    expect(eventsIn(cloud).slice(1)).toMatchObject([
      { message: { compromisedCredentialDetected: "true", riskDecision: "PASS" } },
    ]);
  });

  it("has no request that is one too many", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    await fixtures.createUser(cloud, poolId, email);
    const forgot = () =>
      cloud.clients.cognito
        .send(new ForgotPasswordCommand({ ClientId: clientId, Username: email }))
        .catch((error: unknown) => error);
    for (let count = 0; count < 5; count += 1) await forgot();
    await expect(forgot()).resolves.toMatchObject({ name: "LimitExceededException" });
    expect(inShort()).toHaveLength(5);
  });

  it("ends with its configuration, and is not written where no policy allows it", async () => {
    const { poolId, clientId } = await deployProtectedPool(cloud);
    await fixtures.createUser(cloud, poolId, email);
    cloud.logDelivery.deletePolicy(`AWSLogDeliveryWrite20150319 ${group}`);
    await signIn(clientId, fixtures.password);
    expect(eventsIn(cloud)).toEqual([]);
  });
});

describe("a log delivery is rejected", () => {
  it.each([
    ["for a group with a key of KMS", { hasKey: true }, "must not be encrypted"],
    ["for a group that is not there", { logGroup: { name: "other" } }, "does not exist"],
    ["for mails", { logConfiguration: { eventSource: "userNotification" } }, "nothing about mails"],
    ["at another level", { logConfiguration: { logLevel: "ERROR" } }, "logLevel"],
    ["to a bucket", { logConfiguration: { s3Configuration: {} } }, "s3Configuration"],
  ])("%s", async (_, program, reason) => {
    await expect(deployProtectedPool(cloud, program)).rejects.toThrow(reason);
  });
});
