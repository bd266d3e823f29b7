/** The Describe… and List… operations of pools and clients, which deployments create. */
import * as z from "zod";
import { operation, timestamp, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../aws-protocol/paging.ts";
import { clientId, userPoolId, type Context } from "./context.ts";
import type { Client, Pool } from "./model.ts";
import { clientOf } from "./pools.ts";

const paging = {
  MaxResults: z.int().min(1).max(60).default(60),
  NextToken: z.string().min(1).optional(),
};

/** The read-only operations. */
export function describeOperations({ pools }: Context): JsonOperations {
  return {
    ListUserPools: operation(z.strictObject(paging), (input) => {
      const page = pageOf(pools.list(), input.MaxResults, input.NextToken);
      const UserPools = page.items.map((pool) => ({
        Id: pool.id,
        Name: pool.settings.name,
        ...times(pool),
      }));
      return { UserPools, NextToken: page.nextToken };
    }),

    DescribeUserPool: operation(z.strictObject({ UserPoolId: userPoolId }), (input) => ({
      UserPool: describePool(pools.pool(input.UserPoolId)),
    })),

    ListUserPoolClients: operation(
      z.strictObject({ UserPoolId: userPoolId, ...paging }),
      (input) => {
        const clients = pools.pool(input.UserPoolId).clients.values();
        const page = pageOf(clients, input.MaxResults, input.NextToken);
        const UserPoolClients = page.items.map((client) => ({
          ClientId: client.id,
          UserPoolId: input.UserPoolId,
          ClientName: client.settings.name,
        }));
        return { UserPoolClients, NextToken: page.nextToken };
      },
    ),

    DescribeUserPoolClient: operation(
      z.strictObject({ UserPoolId: userPoolId, ClientId: clientId }),
      (input) => {
        const pool = pools.pool(input.UserPoolId);
        return { UserPoolClient: describeClient(pool, clientOf(pool, input.ClientId)) };
      },
    ),
  };
}

function describePool(pool: Pool): object {
  const { settings } = pool;
  const policy = settings.passwordPolicy;
  return {
    Id: pool.id,
    Arn: pool.arn,
    Name: settings.name,
    Policies: {
      PasswordPolicy: {
        MinimumLength: policy.minimumLength,
        RequireLowercase: policy.requireLowercase,
        RequireUppercase: policy.requireUppercase,
        RequireNumbers: policy.requireNumbers,
        RequireSymbols: policy.requireSymbols,
        TemporaryPasswordValidityDays: policy.temporaryPasswordValidityDays,
      },
    },
    UsernameAttributes: settings.usernameAttributes,
    AutoVerifiedAttributes: settings.autoVerifiedAttributes,
    UserAttributeUpdateSettings: {
      AttributesRequireVerificationBeforeUpdate: settings.verifiedBeforeUpdate,
    },
    UsernameConfiguration: { CaseSensitive: settings.caseSensitive },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: settings.allowAdminCreateUserOnly },
    MfaConfiguration: settings.mfaConfiguration,
    EmailConfiguration:
      settings.sender === undefined
        ? { EmailSendingAccount: "COGNITO_DEFAULT" }
        : { EmailSendingAccount: "DEVELOPER", From: settings.sender },
    UserPoolTier: settings.tier,
    UserPoolAddOns: { AdvancedSecurityMode: settings.threatProtection },
    EstimatedNumberOfUsers: pool.users.size,
    ...times(pool),
  };
}

function describeClient(pool: Pool, client: Client): object {
  const { settings } = client;
  const units = settings.tokenValidityUnits;
  return {
    UserPoolId: pool.id,
    ClientId: client.id,
    ClientName: settings.name,
    ClientSecret: client.secret,
    ExplicitAuthFlows: settings.explicitAuthFlows,
    PreventUserExistenceErrors: settings.preventUserExistenceErrors,
    EnableTokenRevocation: settings.enableTokenRevocation,
    ReadAttributes: settings.readAttributes,
    WriteAttributes: settings.writeAttributes,
    RefreshTokenRotation: {
      Feature: settings.refreshTokenRotation.feature,
      RetryGracePeriodSeconds: settings.refreshTokenRotation.retryGracePeriodSeconds,
    },
    AllowedOAuthFlowsUserPoolClient: settings.allowedOauthFlowsUserPoolClient,
    AllowedOAuthFlows: settings.allowedOauthFlows,
    AllowedOAuthScopes: settings.allowedOauthScopes,
    CallbackURLs: settings.callbackUrls,
    LogoutURLs: settings.logoutUrls,
    AuthSessionValidity: settings.authSessionValidity,
    AccessTokenValidity: settings.accessTokenValidity,
    IdTokenValidity: settings.idTokenValidity,
    RefreshTokenValidity: settings.refreshTokenValidity,
    TokenValidityUnits: {
      AccessToken: units.accessToken,
      IdToken: units.idToken,
      RefreshToken: units.refreshToken,
    },
    ...times(client),
  };
}

function times(of: { createdAt: number; modifiedAt: number }): object {
  return { CreationDate: timestamp(of.createdAt), LastModifiedDate: timestamp(of.modifiedAt) };
}
