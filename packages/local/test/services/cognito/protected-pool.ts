/** A user pool of the Plus plan, deployed with its risk configuration and the log of what its users do. */
import * as z from "zod";
import { present } from "../../support/present.ts";
import { output, policy } from "../../resources/declarations.ts";
import type { DeployableCloud } from "../../resources/deployable-cloud.ts";

export const group = "/aws/vendedlogs/cognito/users";
const groupArn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;

/** What the program says; each of them can be said otherwise. */
interface Program {
  pool?: object;
  risks?: object;
  /** Of the client, in place of those of the pool. */
  clientRisks?: object;
  logGroup?: object;
  logConfiguration?: object;
  /** Whether the log group has a key of KMS. */
  hasKey?: boolean;
}

export const blocking = {
  compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
};

const KEY = "aws:kms/key:Key";
const keyForLogs = {
  policy: policy({
    Effect: "Allow",
    Principal: {
      AWS: "arn:aws:iam::000000000000:root",
      Service: "logs.us-east-1.amazonaws.com",
    },
    Action: "kms:*",
    Resource: "*",
  }),
};

/** Deploys it; gives the ids of pool and client. */
export async function deployProtectedPool(
  cloud: DeployableCloud,
  { pool, risks = blocking, clientRisks, logGroup, logConfiguration, hasKey }: Program = {},
) {
  const applied = await cloud.deploy(async (declare) => {
    const { id: userPoolId } = await declare("aws:cognito/userPool:UserPool", "Pool", {
      usernameAttributes: ["email"],
      autoVerifiedAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      userPoolTier: "PLUS",
      userPoolAddOns: { advancedSecurityMode: "ENFORCED" },
      ...pool,
    });
    const { id: clientId } = await declare("aws:cognito/userPoolClient:UserPoolClient", "Client", {
      userPoolId,
      preventUserExistenceErrors: "ENABLED",
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    });
    const riskType = "aws:cognito/riskConfiguration:RiskConfiguration";
    await declare(riskType, "Risks", { userPoolId, ...risks });
    if (clientRisks !== undefined) {
      await declare(riskType, "ClientRisks", { userPoolId, clientId, ...clientRisks });
    }
    await declare("aws:cloudwatch/logGroup:LogGroup", "Log", {
      name: group,
      ...(hasKey === true && { kmsKeyId: output(await declare(KEY, "Key", keyForLogs), "arn") }),
      ...logGroup,
    });
    await declare("aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration", "Activity", {
      userPoolId,
      logConfigurations: [
        {
          eventSource: "userAuthEvents",
          logLevel: "INFO",
          cloudWatchLogsConfiguration: { logGroupArn: groupArn },
          ...logConfiguration,
        },
      ],
    });
  });
  return { poolId: present(applied.get("Pool")).id, clientId: present(applied.get("Client")).id };
}

const eventSchema = z.looseObject({ message: z.looseObject({}) });

/** The events of the log, as they were written. */
export const eventsIn = (cloud: Pick<DeployableCloud, "logs">) =>
  cloud.logs.read(group).map(({ message }) => eventSchema.parse(JSON.parse(message)));
