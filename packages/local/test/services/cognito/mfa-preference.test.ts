/**
 * Whether a user is asked for codes, and by which authenticator.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
 * Source: https://github.com/aws-amplify/amplify-js
 */
import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  GetUserCommand,
  GetUserPoolMfaConfigCommand,
  SetUserMFAPreferenceCommand,
  type SetUserMFAPreferenceCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as mfa from "./authenticators.ts";
import * as fixtures from "./pools-and-users.ts";

type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;
let aws: StartedCloud;
let off: Pool;
let optional: Pool;
let required: Pool;
beforeAll(async () => {
  aws = await startTestCloud();
  off = await fixtures.createPool(aws, { mfaConfiguration: "OFF" });
  optional = await fixtures.createPool(aws, { mfaConfiguration: "OPTIONAL" });
  required = await fixtures.createPool(aws, { mfaConfiguration: "ON" });
});
afterAll(() => aws.stop());

async function accessTokenOf(pool: Pool, email: string): Promise<string> {
  await fixtures.createUser(aws, pool.poolId, email);
  return (await fixtures.signIn(aws, pool.clientId, email)).AccessToken;
}

function turnOn(input: Pick<SetUserMFAPreferenceCommandInput, "AccessToken">) {
  return aws.clients.cognito.send(
    new SetUserMFAPreferenceCommand({
      ...input,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    }),
  );
}

describe("the preference", () => {
  it("is shown, and dropped when the authenticator is turned off", async () => {
    const AccessToken = await accessTokenOf(optional, "preference@example.com");
    const shown = () => aws.clients.cognito.send(new GetUserCommand({ AccessToken }));
    await mfa.register(aws, AccessToken);
    expect((await shown()).UserMFASettingList).toBeUndefined();
    await turnOn({ AccessToken });
    const on = {
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
    };
    expect(await shown()).toMatchObject(on);
    const user = { UserPoolId: optional.poolId, Username: "preference@example.com" };
    expect(await aws.clients.cognito.send(new AdminGetUserCommand(user))).toMatchObject(on);
    await aws.clients.cognito.send(
      new AdminSetUserMFAPreferenceCommand({
        ...user,
        SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: true },
      }),
    );
    const { UserMFASettingList, PreferredMfaSetting } = await shown();
    expect([UserMFASettingList, PreferredMfaSetting]).toEqual([undefined, undefined]);
  });

  it("needs an authenticator that is verified", async () => {
    const AccessToken = await accessTokenOf(optional, "without@example.com");
    await expect(turnOn({ AccessToken })).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "User has not set up software token mfa",
    });
    await mfa.associate(aws, { AccessToken });
    await expect(turnOn({ AccessToken })).rejects.toMatchObject({
      message: "User has not verified software token mfa",
    });
    await expect(
      aws.clients.cognito.send(
        new AdminSetUserMFAPreferenceCommand({
          UserPoolId: optional.poolId,
          Username: "without@example.com",
          SoftwareTokenMfaSettings: { Enabled: true },
        }),
      ),
    ).rejects.toMatchObject({
      message: "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
    });
  });

  it("of another factor is rejected by name, unless it is off", async () => {
    const AccessToken = await accessTokenOf(optional, "factors@example.com");
    const prefer = (settings: object) =>
      aws.clients.cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, ...settings }));
    await expect(prefer({ SMSMfaSettings: { Enabled: true } })).rejects.toThrow(
      "only authenticators",
    );
    await expect(prefer({ EmailMfaSettings: { Enabled: true } })).rejects.toThrow(
      "only authenticators",
    );
    await expect(prefer({ WebAuthnMfaSettings: { Enabled: true } })).rejects.toThrow(
      "WebAuthnMfaSettings",
    );
    await prefer({ SMSMfaSettings: { Enabled: false, PreferredMfa: false } });
  });
});

it.each([
  ["OFF", false, () => off],
  ["OPTIONAL", true, () => optional],
  ["ON", true, () => required],
] as const)(
  "GetUserPoolMfaConfig describes a pool with MFA %s",
  async (MfaConfiguration, Enabled, pool) => {
    const command = new GetUserPoolMfaConfigCommand({ UserPoolId: pool().poolId });
    expect(await aws.clients.cognito.send(command)).toMatchObject({
      MfaConfiguration,
      SoftwareTokenMfaConfiguration: { Enabled },
    });
  },
);

it("a new authenticator replaces another one only when it is verified", async () => {
  const AccessToken = await accessTokenOf(optional, "replace@example.com");
  const first = await mfa.register(aws, AccessToken);
  await turnOn({ AccessToken });
  const { secret: second } = await mfa.associate(aws, { AccessToken });
  aws.advance(2 * mfa.step);
  const codeFrom = async (secret: string) => {
    const given = await mfa.challenge(aws, optional.clientId, "replace@example.com");
    return mfa.respondWithCode(aws, optional.clientId, given, mfa.codeOf(aws, secret));
  };
  await expect(codeFrom(second)).rejects.toMatchObject({ name: "CodeMismatchException" });
  await expect(codeFrom(first)).resolves.toHaveProperty("AuthenticationResult");
  await mfa.verify(aws, { AccessToken }, mfa.codeOf(aws, second));
  aws.advance(2 * mfa.step);
  await expect(codeFrom(first)).rejects.toMatchObject({ name: "CodeMismatchException" });
  await expect(codeFrom(second)).resolves.toHaveProperty("AuthenticationResult");
});
