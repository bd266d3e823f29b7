/** User pools. */
import type { Row } from "./row.ts";

const authenticators = { softwareTokenMfaConfiguration: { enabled: true } };

export const identity: Row[] = [
  {
    type: "aws:cognito/userPool:UserPool",
    name: "UserPool",
    inputs: () => ({ usernameAttributes: ["email"], deletionProtection: "ACTIVE" }),
    change: () => ({ deletionProtection: "INACTIVE" }),
  },
  {
    type: "aws:cognito/userPoolClient:UserPoolClient",
    name: "UserPoolClient",
    inputs: (made) => ({ userPoolId: made.id("UserPool") }),
    change: () => ({ generateSecret: false, idTokenValidity: 2 }),
  },
  {
    type: "aws:cognito/userPoolDomain:UserPoolDomain",
    name: "UserPoolDomain",
    inputs: (made) => ({ userPoolId: made.id("UserPool"), domain: "one" }),
    change: () => ({ domain: "another" }),
    replaced: true,
  },
  {
    type: "aws:cognito/userPool:UserPool",
    name: "PlusPool",
    inputs: () => ({ userPoolTier: "PLUS", userPoolAddOns: { advancedSecurityMode: "AUDIT" } }),
    change: () => ({ userPoolAddOns: { advancedSecurityMode: "ENFORCED" } }),
  },
  {
    type: "aws:cognito/userPool:UserPool",
    name: "OtherPlusPool",
    inputs: () => ({ userPoolTier: "PLUS" }),
    change: () => ({ mfaConfiguration: "OPTIONAL", ...authenticators }),
  },
  {
    type: "aws:cognito/riskConfiguration:RiskConfiguration",
    name: "Risks",
    inputs: (made) => ({ userPoolId: made.id("PlusPool") }),
    change: () => ({
      compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
    }),
  },
  {
    type: "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration",
    name: "ActivityLog",
    inputs: (made) => ({
      userPoolId: made.id("PlusPool"),
      logConfigurations: [
        {
          eventSource: "userAuthEvents",
          logLevel: "INFO",
          cloudWatchLogsConfiguration: { logGroupArn: made.output("LogGroup", "arn") },
        },
      ],
    }),
    change: (made) => ({ userPoolId: made.id("OtherPlusPool") }),
    replaced: true,
  },
];
