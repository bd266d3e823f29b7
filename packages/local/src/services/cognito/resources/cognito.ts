/** aws:cognito: user pools, their clients, and the domains of their login pages. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { clientInputs, clientLimitations } from "./cognito-client-inputs.ts";
import { poolSettings, userPoolInputs, userPoolLimitations } from "./cognito-pool-inputs.ts";
import { requiredOutput, textOutput } from "../../../provider/outputs.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { LogDelivery } from "../../cloudwatch-logs/log-delivery.ts";
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import { logDeliveryConfiguration } from "./log-delivery-configuration.ts";
import { riskConfiguration } from "./risk-configuration.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { Cognito } from "../cognito.ts";

/** Documented: COGNITO/cognito-user-pools-assign-domain-prefix. */
const domainPrefix = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: "up to 63 lower-case letters, digits and hyphens",
  })
  .regex(/^(?!.*(?:aws|amazon|cognito))/, { error: "without aws, amazon and cognito" });

interface CognitoStores {
  readonly cognito: Cognito;
  readonly logs: LogGroups;
  readonly logDelivery: LogDelivery;
  readonly environment: AwsEnvironment;
}

/** The resource types of aws:cognito. */
export const cognitoResources = ({ cognito, environment, ...logging }: CognitoStores) => [
  userPool(cognito, environment),
  userPoolClient(cognito),
  userPoolDomain(cognito),
  riskConfiguration(cognito),
  logDeliveryConfiguration({ cognito, ...logging }),
];

function userPoolDomain(cognito: Cognito) {
  return replacedWhen(
    ["domain", "userPoolId"],
    defineResource({
      type: "aws:cognito/userPoolDomain:UserPoolDomain",
      inert: ["managedLoginVersion"],
      inputs: z.strictObject({ domain: domainPrefix, userPoolId: z.string() }),
      apply: ({ domain, userPoolId }, { previous }) => {
        if (previous === undefined) cognito.createDomain(userPoolId, domain);
        return { id: domain, outputs: {} };
      },
      remove: ({ id }) => cognito.deleteDomain(id),
    }),
  );
}

function userPool(cognito: Cognito, environment: AwsEnvironment) {
  return replacedWhen(
    ["usernameAttributes", "usernameConfiguration"],
    defineResource({
      type: "aws:cognito/userPool:UserPool",
      inert: [
        "accountRecoverySetting",
        "emailVerificationMessage",
        "emailVerificationSubject",
        "verificationMessageTemplate",
      ],
      inputs: userPoolInputs,
      limitations: userPoolLimitations,
      apply: async (inputs, context) => {
        const settings = poolSettings(inputs, nameOf(inputs.name, context), environment);
        const { previous } = context;
        if (previous) {
          cognito.updateUserPool(previous.id, settings);
          const [arn, endpoint] = [textOutput(previous, "arn"), textOutput(previous, "endpoint")];
          return { id: previous.id, outputs: { arn, endpoint, name: settings.name } };
        }
        const { id, arn, endpoint } = await cognito.createUserPool(settings);
        return { id, outputs: { arn, endpoint, name: settings.name } };
      },
      remove: ({ id, outputs }) => {
        if (outputs["deletionProtection"] === "ACTIVE") {
          throw new Error(
            `The user pool ${id} cannot be deleted: deploy it with deletionProtection INACTIVE first.`,
          );
        }
        cognito.deleteUserPool(id);
      },
    }),
  );
}

function userPoolClient(cognito: Cognito) {
  return replacedWhen(
    ["generateSecret", "userPoolId"],
    defineResource({
      type: "aws:cognito/userPoolClient:UserPoolClient",
      inert: ["defaultRedirectUri", "supportedIdentityProviders"],
      inputs: clientInputs,
      limitations: clientLimitations,
      apply: (inputs, context) => {
        const { userPoolId, ...given } = inputs;
        const settings = { ...given, name: nameOf(inputs.name, context) };
        const { previous } = context;
        const outputs = { name: settings.name, generateSecret: inputs.generateSecret ?? false };
        if (previous) {
          cognito.updateClient(userPoolId, previous.id, settings);
          const clientSecret = textOutput(previous, "clientSecret");
          return { id: previous.id, outputs: { ...outputs, clientSecret } };
        }
        const { clientId, clientSecret = "" } = cognito.createClient(userPoolId, settings);
        return { id: clientId, outputs: { ...outputs, clientSecret } };
      },
      remove: (client) => cognito.deleteClient(requiredOutput(client, "userPoolId"), client.id),
    }),
  );
}
