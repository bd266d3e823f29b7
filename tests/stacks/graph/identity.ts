/** The user pools, their app clients and the configuration of ExternalLambda for them. */
import { appName, userPools } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { DeployedStage } from "./deployed.ts";

const mfa = { off: "OFF", optional: "OPTIONAL", required: "ON" };
const variablesSchema = z.object({ variables: z.looseObject({ USER_POOLS: z.string() }) });

export function testIdentity({ stage, settings, graph }: DeployedStage): void {
  describe.each(userPools)("user pool %i", (number) => {
    const pool = () => graph().one("aws:cognito/userPool:UserPool", `MyUserPool${number}UserPool`);
    const client = () =>
      graph().one("aws:cognito/userPoolClient:UserPoolClient", `MyUserPool${number}ClientClient`);

    it("signs users in by e-mail and requires long passwords", () => {
      expect(pool().inputs).toMatchObject({
        usernameAttributes: ["email"],
        passwordPolicy: {
          minimumLength: 14,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: true,
        },
        accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      });
    });

    it("follows the stage's settings for sign-up, deletion and MFA", () => {
      expect(pool().inputs).toMatchObject({
        adminCreateUserConfig: { allowAdminCreateUserOnly: settings.adminCreatesUsers },
        deletionProtection: settings.deletionProtection ? "ACTIVE" : "INACTIVE",
        mfaConfiguration: mfa[settings.mfa],
      });
      expect(pool().inputs["softwareTokenMfaConfiguration"]).toEqual(
        settings.mfa === "off" ? undefined : { enabled: true },
      );
    });

    it("allows only the authorization code grant, to a client without a secret, for a web application", () => {
      const hasWebApplication = settings.callbackUrls.length > 0;
      expect(client().inputs).toMatchObject({
        allowedOauthFlowsUserPoolClient: hasWebApplication,
        allowedOauthFlows: hasWebApplication ? ["code"] : [],
        allowedOauthScopes: hasWebApplication ? ["openid", "email"] : [],
        generateSecret: false,
        callbackUrls: settings.callbackUrls,
        logoutUrls: settings.callbackUrls,
      });
    });

    it("signs users in by SRP, and by a password that is sent where the stage allows it", () => {
      expect(client().inputs["explicitAuthFlows"]).toEqual([
        ...(settings.passwordFlows
          ? ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"]
          : []),
        "ALLOW_USER_SRP_AUTH",
      ]);
    });

    it("issues revocable tokens for one hour, replaces refresh tokens and hides which users exist", () => {
      expect(client().inputs).toMatchObject({
        idTokenValidity: 1,
        accessTokenValidity: 1,
        refreshTokenValidity: 1,
        tokenValidityUnits: { idToken: "hours", accessToken: "hours", refreshToken: "days" },
        enableTokenRevocation: true,
        refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
        preventUserExistenceErrors: "ENABLED",
      });
    });

    it("lets a user read the address, and write it where users sign up themselves", () => {
      expect(client().inputs).toMatchObject({
        readAttributes: ["email", "email_verified"],
        writeAttributes: settings.adminCreatesUsers ? ["locale"] : ["email", "locale"],
      });
    });

    it("has login pages with a domain prefix of its own, for a web application", () => {
      const domains = graph()
        .all("aws:cognito/userPoolDomain:UserPoolDomain")
        .filter(({ name }) => name === `MyUserPool${number}Domain`);
      const named: unknown = expect.stringMatching(
        new RegExp(`^${appName}-${stage}-${number}-[0-9a-f]{8}$`),
      );
      expect(domains.map(({ inputs }) => inputs["domain"])).toEqual(
        settings.callbackUrls.length === 0 ? [] : [named],
      );
    });

    it("passes its public keys to ExternalLambda", () => {
      const { inputs } = graph().one("aws:lambda/function:Function", "ExternalLambdaFunction");
      const { variables } = variablesSchema.parse(inputs["environment"]);
      expect(JSON.parse(variables.USER_POOLS)[number]).toMatchObject({
        userPoolId: pool().id,
        clientId: client().id,
        jwks: { keys: [expect.objectContaining({ kty: "RSA", alg: "RS256" })] },
      });
    });
  });
}
