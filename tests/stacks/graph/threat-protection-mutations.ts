/** A graph with Cognito's Plus plan and a sender of mail; each control of them removed, and the rule that detects it. */
import type { GraphResource } from "@secure-lambda/local";
import { namesOf } from "../../../stacks/settings/names.ts";
import { resource } from "../../support/graph-resource.ts";
import { mailMutations, sourceArn } from "./mail-mutations.ts";
import { add, drop, edit, type MutationRow } from "./mutate.ts";

const POOL = "aws:cognito/userPool:UserPool";
const RISKS = "aws:cognito/riskConfiguration:RiskConfiguration";
const LOGGING = "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const arnOf = (group: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;
const logGroupArn = arnOf(namesOf("prod").signInLog);
const from = '"Example" <no-reply@example.com>';

/** As the stacks do it in a stage with `userPoolPlan: "plus"` and `mailFrom`. */
export const withThreatProtection = (
  graph: readonly GraphResource[],
  stage = "prod",
): GraphResource[] => [
  ...graph.map((one) => (one.type === POOL ? { ...one, inputs: { ...one.inputs, ...plus } } : one)),
  resource(
    LOG_GROUP,
    "SignInLog",
    { name: namesOf(stage).signInLog, retentionInDays: 365 },
    { arn: arnOf(namesOf(stage).signInLog) },
  ),
  ...graph
    .filter(({ type }) => type === POOL)
    .flatMap(({ id, name }) => [
      resource(RISKS, `${name}Risks`, {
        userPoolId: id,
        compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
        accountTakeoverRiskConfiguration: {
          actions: {
            lowAction: { eventAction: "MFA_IF_CONFIGURED", notify: false },
            mediumAction: { eventAction: "MFA_REQUIRED", notify: true },
            highAction: { eventAction: "BLOCK", notify: true },
          },
          notifyConfiguration: { sourceArn, from },
        },
      }),
      resource(LOGGING, `${name}Logging`, {
        userPoolId: id,
        logConfigurations: [
          {
            eventSource: "userAuthEvents",
            logLevel: "INFO",
            cloudWatchLogsConfiguration: { logGroupArn: arnOf(namesOf(stage).signInLog) },
          },
        ],
      }),
    ]),
];

const plus = {
  userPoolTier: "PLUS",
  userPoolAddOns: {
    advancedSecurityMode: "ENFORCED",
    advancedSecurityAdditionalFlows: { customAuthMode: "ENFORCED" },
  },
  emailConfiguration: { emailSendingAccount: "DEVELOPER", sourceArn, fromEmailAddress: from },
};

const ENFORCED = "threat-protection-is-enforced";
const ANSWERED = "risks-are-answered";
const COMPROMISED = "compromised-passwords-are-refused";
const RISKY = "risky-sign-ins-are-blocked";
const LOGGED = "sign-ins-are-logged";

const takeover = "accountTakeoverRiskConfiguration";
const passwords = "compromisedCredentialsRiskConfiguration";

const rows: readonly MutationRow[] = [
  [
    "the enforcement of threat protection",
    edit(POOL, ["userPoolAddOns", "advancedSecurityMode"], "AUDIT"),
    ENFORCED,
  ],
  [
    "the enforcement of threat protection at custom sign-ins",
    edit(POOL, ["userPoolAddOns", "advancedSecurityAdditionalFlows"], undefined),
    ENFORCED,
  ],
  ["what threat protection does", drop(RISKS), ANSWERED],
  ["the plan that threat protection needs", edit(POOL, ["userPoolTier"], "ESSENTIALS"), ANSWERED],
  ["the risk configuration of a whole pool", edit(RISKS, ["clientId"], "client"), ANSWERED],
  [
    "the refusal of compromised passwords",
    edit(RISKS, [passwords, "actions", "eventAction"], "NO_ACTION"),
    COMPROMISED,
  ],
  [
    "the refusal of compromised passwords at a sign-in",
    edit(RISKS, [passwords, "eventFilters"], ["SIGN_UP", "PASSWORD_CHANGE"]),
    COMPROMISED,
  ],
  [
    "the block of sign-ins of high risk",
    edit(RISKS, [takeover, "actions", "highAction", "eventAction"], "NO_ACTION"),
    RISKY,
  ],
  [
    "the second factor at a medium risk",
    edit(RISKS, [takeover, "actions", "mediumAction", "eventAction"], "MFA_IF_CONFIGURED"),
    RISKY,
  ],
  ...[undefined, { eventAction: "NO_ACTION", notify: false }].map((low): MutationRow => [
    `the second factor at a low risk, by ${low?.eventAction ?? "silence"}`,
    edit(RISKS, [takeover, "actions", "lowAction"], low),
    RISKY,
  ]),
  [
    "the address that a sign-in comes from, for what its caller says",
    edit(
      "aws:cognito/userPoolClient:UserPoolClient",
      ["enablePropagateAdditionalUserContextData"],
      true,
    ),
    RISKY,
  ],
  [
    "the assessment of risks, for some addresses",
    edit(RISKS, ["riskExceptionConfiguration"], { skippedIpRangeLists: ["203.0.113.0/24"] }),
    RISKY,
  ],
  ["the log of sign-ins", drop(LOGGING), LOGGED],
  [
    "the log of sign-ins, by a second configuration",
    (graph) =>
      add(LOGGING, {
        userPoolId: graph.find(({ type }) => type === POOL)?.id,
        logConfigurations: [
          {
            eventSource: "userNotification",
            logLevel: "ERROR",
            cloudWatchLogsConfiguration: { logGroupArn },
          },
        ],
      })(graph),
    LOGGED,
  ],
  [
    "the log of sign-ins, which has events of mails only",
    edit(
      LOGGING,
      ["logConfigurations"],
      [
        {
          eventSource: "userNotification",
          logLevel: "ERROR",
          cloudWatchLogsConfiguration: { logGroupArn },
        },
      ],
    ),
    LOGGED,
  ],
  [
    "the app's own log of sign-ins, which another account has",
    edit(
      LOGGING,
      ["logConfigurations"],
      [
        {
          eventSource: "userAuthEvents",
          logLevel: "INFO",
          cloudWatchLogsConfiguration: { logGroupArn: logGroupArn.replace("0:log", "1:log") },
        },
      ],
    ),
    "data-stays-in-this-app",
  ],
  [
    "the app's own log of sign-ins, in place of a bucket",
    edit(
      LOGGING,
      ["logConfigurations"],
      [
        {
          eventSource: "userAuthEvents",
          logLevel: "INFO",
          s3Configuration: { bucketArn: "arn:aws:s3:::other" },
        },
      ],
    ),
    "data-stays-in-this-app",
  ],
  [
    "the log of sign-ins, to which Cognito cannot write",
    edit(LOG_GROUP, ["kmsKeyId"], "key", "SignInLog"),
    LOGGED,
  ],
];

/** Each is done to that graph. */
export const threatProtectionMutations = [...rows, ...mailMutations].map(
  ([lost, mutate, rule]): MutationRow => [
    lost,
    (graph) => mutate(withThreatProtection(graph)),
    rule,
  ],
);
