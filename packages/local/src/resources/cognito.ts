/** aws:cognito: user pools, their clients and their hosted login page. */
import * as z from "zod";
import { authFlow } from "../aws/cognito/settings.ts";
import { defineResource } from "../deployment/resource-type.ts";
import { physicalName } from "./physical-name.ts";
import type { Services } from "./services.ts";

const passwordPolicy = z.object({
  minimumLength: z.int().optional(),
  requireLowercase: z.boolean().optional(),
  requireUppercase: z.boolean().optional(),
  requireNumbers: z.boolean().optional(),
  requireSymbols: z.boolean().optional(),
  temporaryPasswordValidityDays: z.int().optional(),
});

const userPoolInputs = z.strictObject({
  name: z.string().optional(),
  usernameAttributes: z.array(z.enum(["email"])).optional(),
  autoVerifiedAttributes: z.array(z.enum(["email"])).optional(),
  usernameConfiguration: z.object({ caseSensitive: z.boolean() }).optional(),
  adminCreateUserConfig: z.object({ allowAdminCreateUserOnly: z.boolean().optional() }).optional(),
  passwordPolicy: passwordPolicy.optional(),
  mfaConfiguration: z.enum(["OFF", "OPTIONAL", "ON"]).optional(),
});

const unit = z.enum(["seconds", "minutes", "hours", "days"]);
const clientInputs = z.strictObject({
  name: z.string().optional(),
  userPoolId: z.string(),
  explicitAuthFlows: z.array(authFlow).optional(),
  generateSecret: z.boolean().optional(),
  preventUserExistenceErrors: z.enum(["ENABLED", "LEGACY"]).optional(),
  enableTokenRevocation: z.boolean().optional(),
  accessTokenValidity: z.number().optional(),
  idTokenValidity: z.number().optional(),
  refreshTokenValidity: z.number().optional(),
  tokenValidityUnits: z
    .object({
      accessToken: unit.optional(),
      idToken: unit.optional(),
      refreshToken: unit.optional(),
    })
    .optional(),
});

export const cognitoResources = ({ cognito }: Services) => [
  defineResource({
    type: "aws:cognito/userPool:UserPool",
    inert: ["accountRecoverySetting", "emailConfiguration", "userPoolAddOns"],
    inputs: userPoolInputs,
    apply: async (
      { adminCreateUserConfig, usernameConfiguration, ...inputs },
      { name, previous },
    ) => {
      const settings = {
        ...inputs,
        name: inputs.name ?? physicalName(name),
        caseSensitive: usernameConfiguration?.caseSensitive ?? true,
        allowAdminCreateUserOnly: adminCreateUserConfig?.allowAdminCreateUserOnly ?? false,
      };
      if (previous) {
        cognito.updateUserPool(previous.id, settings);
        return previous;
      }
      const { id, arn, endpoint } = await cognito.createUserPool(settings);
      return { id, outputs: { arn, endpoint, name: settings.name } };
    },
    remove: ({ id }) => cognito.deleteUserPool(id),
  }),
  defineResource({
    type: "aws:cognito/userPoolClient:UserPoolClient",
    inert: [
      "allowedOauthFlows",
      "allowedOauthFlowsUserPoolClient",
      "allowedOauthScopes",
      "callbackUrls",
      "supportedIdentityProviders",
    ],
    inputs: clientInputs,
    apply: ({ userPoolId, ...inputs }, { name, previous }) => {
      const settings = { ...inputs, name: inputs.name ?? physicalName(name) };
      if (previous) {
        cognito.updateClient(userPoolId, previous.id, settings);
        return previous;
      }
      const { clientId, clientSecret = "" } = cognito.createClient(userPoolId, settings);
      return { id: clientId, outputs: { clientSecret } };
    },
    remove: ({ id, outputs }) => cognito.deleteClient(z.string().parse(outputs["userPoolId"]), id),
  }),
  defineResource({
    // Kept in the graph alone: the hosted login page is AWS's.
    type: "aws:cognito/userPoolDomain:UserPoolDomain",
    inputs: z.strictObject({ domain: z.string(), userPoolId: z.string() }),
    notices: () => ["Hosted login page: it is Cognito's own and is not served here."],
    apply: ({ domain }) => ({ id: domain, outputs: {} }),
  }),
];
