/**
 * What the authorizer does not check: sessions that have ended.
 * Source: https://docs.amplify.aws/flutter/build-a-backend/auth/sign-out
 */
import {
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createPool, createUser, signIn } from "../cognito/pools-and-users.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { connectionOf, deploy, reply } from "./gateway-harness.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

it("lets a token pass until its expiry, though it was revoked and its user disabled", async () => {
  const Username = "revoked@example.com";
  const { poolId: UserPoolId, clientId: ClientId } = await createPool(aws);
  await createUser(aws, UserPoolId, Username);
  const { IdToken, RefreshToken } = await signIn(aws, ClientId, Username);
  vi.spyOn(aws.lambda, "isAllowed").mockReturnValue(true);
  vi.spyOn(aws.lambda, "invoke").mockResolvedValue(reply({ statusCode: 200 }));
  deploy(aws, [{ path: "/a", pools: [UserPoolId] }]);
  const request = new Request("http://127.0.0.1:3000/a", {
    headers: { authorization: IdToken },
  });
  const call = async () => (await aws.gateway.fetch(request, connectionOf(request))).status;

  const { cognito: client } = aws.clients;
  await client.send(new RevokeTokenCommand({ Token: RefreshToken, ClientId }));
  await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
  await client.send(new AdminDisableUserCommand({ UserPoolId, Username }));
  aws.advance(3_599_000);
  expect(await call()).toBe(200);
  aws.advance(1_000);
  expect(await call()).toBe(401);
});
