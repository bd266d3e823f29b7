/** How a stage's user pools are found by their names. */
import { appName } from "@secure-lambda/functions/contract";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { expect, it, onTestFinished } from "vitest";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { startAwsEndpoint } from "../support/aws-endpoint.ts";

const named = (name: string, Id: string) => ({
  Id,
  Name: `${appName}-local-${name}-abcdefgh`,
});

it("a pool's number is not taken for the beginning of another one's", async () => {
  const endpoint = await startAwsEndpoint();
  const cognito = new CognitoIdentityProviderClient({
    region: "us-east-1",
    endpoint: endpoint.url,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  onTestFinished(async () => {
    cognito.destroy();
    await endpoint.stop();
  });
  const UserPools = [named("MyUserPool10UserPool", "tenth"), named("MyUserPool1UserPool", "first")];
  const body = JSON.stringify({ UserPools, UserPoolClients: [{ ClientId: "client" }] });
  endpoint.answerWith({ status: 200, body });
  await expect(findUserPool({ stage: "local", local: true, cognito }, 1)).resolves.toEqual({
    number: 1,
    userPoolId: "first",
    clientId: "client",
  });
});
