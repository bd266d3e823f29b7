/** The calls by which users change and verify their attributes. */
import {
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { present } from "../../support/present.ts";
import type { StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

export type Pool = Awaited<ReturnType<typeof fixtures.createPool>>;

/** The calls to a cloud that is started later. */
export function attributeCalls(cloud: () => StartedCloud) {
  const cognito = () => cloud().clients.cognito;
  return {
    lastMail: () => present(cloud().deliveries.at(-1)),

    accessTokenOf: async (pool: Pool, email: string): Promise<string> => {
      await fixtures.createUser(cloud(), pool.poolId, email);
      return (await fixtures.signIn(cloud(), pool.clientId, email)).AccessToken;
    },

    update: (AccessToken: string, attributes: Record<string, string>) =>
      cognito().send(
        new UpdateUserAttributesCommand({
          AccessToken,
          UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
        }),
      ),

    sendCode: (AccessToken: string, AttributeName = "email") =>
      cognito().send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName })),

    verify: (AccessToken: string, Code: string, AttributeName = "email") =>
      cognito().send(new VerifyUserAttributeCommand({ AccessToken, AttributeName, Code })),

    attributesOf: async (AccessToken: string): Promise<Record<string, string | undefined>> => {
      const { UserAttributes } = await cognito().send(new GetUserCommand({ AccessToken }));
      return Object.fromEntries(present(UserAttributes).map(({ Name, Value }) => [Name, Value]));
    },
  };
}
