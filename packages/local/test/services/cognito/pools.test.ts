import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientSettings } from "../../../src/services/cognito/settings.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const resourceNotFound = { name: "ResourceNotFoundException" };
const describePool = (UserPoolId: string) =>
  aws.clients.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
const describeClient = (UserPoolId: string, ClientId: string) =>
  aws.clients.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));

test("ids, ARN and endpoint have AWS's shapes", async () => {
  const { id, arn, endpoint } = await aws.cognito.createUserPool({ name: "shapes" });
  expect(id).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
  expect(arn).toBe(`arn:aws:cognito-idp:us-east-1:000000000000:userpool/${id}`);
  expect(endpoint).toBe(`cognito-idp.us-east-1.amazonaws.com/${id}`);
  const { clientId, clientSecret } = aws.cognito.createClient(id, { name: "public" });
  expect(clientId).toMatch(/^[a-z0-9]{26}$/);
  expect(clientSecret).toBeUndefined();
});

test("a pool is described with its settings and the defaults of the rest", async () => {
  const { id, arn } = await aws.cognito.createUserPool({
    name: "described",
    usernameAttributes: ["email"],
    passwordPolicy: { minimumLength: 14, requireNumbers: true },
    allowAdminCreateUserOnly: true,
    caseSensitive: false,
  });
  expect((await describePool(id)).UserPool).toMatchObject({
    Id: id,
    Arn: arn,
    Name: "described",
    UsernameAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: "OFF",
    EstimatedNumberOfUsers: 0,
    CreationDate: new Date(aws.now()),
    Policies: {
      PasswordPolicy: {
        MinimumLength: 14,
        RequireNumbers: true,
        RequireSymbols: false,
        TemporaryPasswordValidityDays: 7,
      },
    },
  });
});

test("an updated pool keeps its users, its keys and how they sign in", async () => {
  const { poolId, clientId } = await fixtures.createPool(aws);
  await fixtures.createUser(aws, poolId, "kept@example.com");
  const keys = aws.cognito.jwks(poolId);
  const settings = { name: "renamed", usernameAttributes: ["email" as const] };
  expect(() => aws.cognito.updateUserPool(poolId, { name: "renamed" })).toThrow(
    "Existing username settings cannot be updated.",
  );
  aws.cognito.updateUserPool(poolId, { ...settings, caseSensitive: false });
  expect((await describePool(poolId)).UserPool).toMatchObject({
    Name: "renamed",
    EstimatedNumberOfUsers: 1,
  });
  expect(aws.cognito.jwks(poolId)).toEqual(keys);
  await fixtures.signIn(aws, clientId, "kept@example.com");
});

test("a deleted pool takes its clients and its keys with it", async () => {
  const { poolId, clientId } = await fixtures.createPool(aws);
  aws.cognito.deleteUserPool(poolId);
  await expect(describePool(poolId)).rejects.toMatchObject(resourceNotFound);
  const parameters = { USERNAME: "a@example.com", PASSWORD: fixtures.password };
  await expect(fixtures.initiate(aws, clientId, parameters)).rejects.toMatchObject(
    resourceNotFound,
  );
  expect((await fetch(`${aws.url}/${poolId}/.well-known/jwks.json`)).status).toBe(403);
  expect(() => aws.cognito.jwks(poolId)).toThrow("does not exist");
});

test("an updated client has its new settings and its old secret", async () => {
  const { poolId } = await fixtures.createPool(aws);
  const { cognito } = aws;
  const before = cognito.createClient(poolId, { name: "before", generateSecret: true });
  const settings = { name: "after", generateSecret: true, accessTokenValidity: 2 };
  cognito.updateClient(poolId, before.clientId, settings);
  expect((await describeClient(poolId, before.clientId)).UserPoolClient).toMatchObject({
    UserPoolId: poolId,
    ClientName: "after",
    ClientSecret: before.clientSecret,
    AccessTokenValidity: 2,
    ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"],
    PreventUserExistenceErrors: "LEGACY",
    EnableTokenRevocation: true,
    TokenValidityUnits: { AccessToken: "hours", IdToken: "hours", RefreshToken: "days" },
  });
  expect(() => cognito.updateClient(poolId, before.clientId, { name: "public" })).toThrow(
    "Whether a client has a secret cannot be updated.",
  );
});

test("a deleted client signs no user in", async () => {
  const { poolId, clientId } = await fixtures.createPool(aws);
  await fixtures.createUser(aws, poolId, "left@example.com");
  aws.cognito.deleteClient(poolId, clientId);
  await expect(fixtures.signIn(aws, clientId, "left@example.com")).rejects.toMatchObject(
    resourceNotFound,
  );
});

test("a client is found only in its own pool", async () => {
  const [one, two] = [await fixtures.createPool(aws), await fixtures.createPool(aws)];
  await expect(describeClient(two.poolId, one.clientId)).rejects.toMatchObject(resourceNotFound);
});

test.each<[string, Partial<ClientSettings>, string]>([
  ["an unknown flow", { explicitAuthFlows: ["ALLOW_EVERYTHING"] }, "explicitAuthFlows.0"],
  ["a legacy flow", { explicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] }, "explicitAuthFlows.0"],
  ["access tokens for two days", { accessTokenValidity: 48 }, "accessTokenValidity"],
  [
    "ID tokens for a minute",
    { idTokenValidity: 1, tokenValidityUnits: { idToken: "minutes" } },
    "idTokenValidity",
  ],
  ["refresh tokens for eleven years", { refreshTokenValidity: 4015 }, "refreshTokenValidity"],
])("a client with %s is rejected, and the setting named", async (_name, settings, named) => {
  const { poolId } = await fixtures.createPool(aws);
  expect(() => aws.cognito.createClient(poolId, { name: "bad", ...settings })).toThrow(named);
});

test("settings of pools that are not supported are rejected by name", async () => {
  const unknown = { name: "p", lambdaConfig: { preSignUp: "arn" } };
  await expect(aws.cognito.createUserPool(unknown)).rejects.toThrow(
    "does not support the parameter lambdaConfig",
  );
  await expect(
    aws.cognito.createUserPool({ name: "p", passwordPolicy: { minimumLength: 5 } }),
  ).rejects.toThrow("passwordPolicy.minimumLength");
});

test("pools and clients are listed page by page", async () => {
  const own = await startTestCloud();
  try {
    const ids: string[] = [];
    for (const name of ["one", "two", "three"]) {
      ids.push((await own.cognito.createUserPool({ name })).id);
    }
    const { cognito } = own.clients;
    const first = await cognito.send(new ListUserPoolsCommand({ MaxResults: 2 }));
    const second = await cognito.send(
      new ListUserPoolsCommand({ MaxResults: 2, NextToken: first.NextToken }),
    );
    const listed = [first, second].flatMap(({ UserPools = [] }) => UserPools.map(({ Id }) => Id));
    expect(listed).toEqual(ids);
    expect(second.NextToken).toBeUndefined();

    const [UserPoolId = ""] = ids;
    const { clientId } = own.cognito.createClient(UserPoolId, { name: "app" });
    const clients = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId }));
    expect(clients.UserPoolClients).toEqual([
      { ClientId: clientId, UserPoolId, ClientName: "app" },
    ]);
  } finally {
    await own.stop();
  }
});
