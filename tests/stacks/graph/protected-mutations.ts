/** Each control that only protected stages must have, removed, and the rule of theirs that detects it. */
import { alarmMutations } from "./alarm-mutations.ts";
import { add, edit, editInput, editRule, type Mutation, type MutationRow } from "./mutate.ts";
import { inputMutations } from "./input-mutations.ts";
import { notificationMutations } from "./notifications.ts";
import { policyMutations } from "./policy-mutations.ts";
import { typeMutations } from "./type-mutations.ts";

const LAMBDA = "aws:lambda/function:Function";
const POOL = "aws:cognito/userPool:UserPool";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const SIGN_INS = "sign-ins-are-limited";
const TOKENS = "tokens-are-limited";
const OWN_KEYS = "encrypted-with-customer-keys";

/** InternalLambda's role without permissions: those to use a key of its own are for the queue's. */
const withoutGrants = edit("aws:iam/role:Role", ["inlinePolicies"], [], "InternalLambdaRole");

/** Drops a rule of the firewall. */
const dropRule = (name: string): Mutation =>
  editRule(
    name,
    () => '{"name":"Other","statement":{},"visibilityConfig":{"cloudwatchMetricsEnabled":true}}',
  );

export const protectedMutations: readonly MutationRow[] = [
  ...typeMutations,
  ...inputMutations,
  ...policyMutations,
  ...notificationMutations,
  [
    "the topic's own key",
    edit("aws:sns/topic:Topic", ["kmsMasterKeyId"], "alias/aws/sns"),
    OWN_KEYS,
  ],
  [
    "the queue's own key",
    (graph) =>
      withoutGrants(edit("aws:sqs/queue:Queue", ["kmsMasterKeyId"], "alias/aws/sqs")(graph)),
    OWN_KEYS,
  ],
  [
    "the secret's own key",
    edit("aws:secretsmanager/secret:Secret", ["kmsKeyId"], undefined),
    OWN_KEYS,
  ],
  [
    "the month in which a deleted key can be restored",
    edit("aws:kms/key:Key", ["deletionWindowInDays"], 7),
    "keys-can-be-restored-for-a-month",
  ],
  [
    "a log group's own key",
    edit("aws:cloudwatch/logGroup:LogGroup", ["kmsKeyId"], undefined),
    OWN_KEYS,
  ],
  [
    "the key of a log group, by activity of users that is delivered to it as well",
    (graph) => {
      const log = graph.find(({ name }) => name === "ApiAccessLog");
      const pool = graph.find(({ type }) => type === POOL);
      return add("aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration", {
        userPoolId: pool?.id,
        logConfigurations: [
          {
            eventSource: "userAuthEvents",
            logLevel: "INFO",
            cloudWatchLogsConfiguration: { logGroupArn: log?.outputs["arn"] },
          },
        ],
      })(edit("aws:cloudwatch/logGroup:LogGroup", ["kmsKeyId"], undefined, log?.name)(graph));
    },
    OWN_KEYS,
  ],
  [
    "the reserved concurrency",
    edit(LAMBDA, ["reservedConcurrentExecutions"], undefined),
    "functions-reserve-concurrency",
  ],
  ...["AmazonIpReputationList", "CommonRuleSet"].map(
    (group) =>
      [
        `the managed group ${group}`,
        dropRule(`AWSManagedRules${group}`),
        "firewall-has-every-managed-group",
      ] as const,
  ),
  ["the limit of sign-ins", dropRule("SignInRateLimit"), SIGN_INS],
  [
    "the limit of sign-ins, for one path only",
    editRule("SignInRateLimit", (rule) => rule.replace("x-amzn-cognito-client-id", "x-other")),
    SIGN_INS,
  ],
  [
    "the limit of sign-ins, for another method",
    editRule("SignInRateLimit", (rule) => rule.replace('"POST"', '"PUT"')),
    SIGN_INS,
  ],
  [
    "the limit of sign-ins, of a client whose id is decoded to nothing",
    editRule("SignInRateLimit", (rule) =>
      rule.replace(/(x-amzn-cognito-client-id.*?"type":)"NONE"/, '$1"HEX_DECODE"'),
    ),
    SIGN_INS,
  ],
  [
    "the limit of sign-ins, of a method that no request has",
    editRule("SignInRateLimit", (rule) => rule.replace('"NONE"', '"LOWERCASE"')),
    SIGN_INS,
  ],
  ...(
    [
      ["sign-ins", "SignInRateLimit", SIGN_INS],
      ["a token", "TokenRateLimit", TOKENS],
    ] as const
  ).map(
    ([what, name, rule]) =>
      [
        `the limit of ${what}, above another that is met first`,
        editRule(name, (text) => text.replace(/"limit":\d+/, '"limit":2000000000')),
        rule,
      ] as const,
  ),
  [
    "the limit of a token, in each of its forms",
    editRule("TokenRateLimit", (rule) => rule.replace('"COMPRESS_WHITE_SPACE"', '"NONE"')),
    TOKENS,
  ],
  ["the limit of a token", dropRule("TokenRateLimit"), TOKENS],
  [
    "the limit of a token, by another header",
    editRule("TokenRateLimit", (rule) => rule.replace("authorization", "x-other")),
    TOKENS,
  ],
  [
    "the firewall's blocks",
    editInput("aws:wafv2/webAcl:WebAcl", "rules", (rules) =>
      rules.replaceAll(/"(?:block|none)":/g, '"count":'),
    ),
    "firewall-blocks",
  ],
  ["the second factor", edit(POOL, ["mfaConfiguration"], "OPTIONAL"), "pools-require-mfa"],
  ...(["deviceConfiguration", "smsConfiguration", "emailMfaConfiguration"] as const).map(
    (input) =>
      [`the second factor, by ${input}`, edit(POOL, [input], {}), "pools-require-mfa"] as const,
  ),
  [
    "the second factor of an authenticator",
    edit(POOL, ["softwareTokenMfaConfiguration"], undefined),
    "pools-require-mfa",
  ],
  [
    "the protection of pools from deletion",
    edit(POOL, ["deletionProtection"], "INACTIVE"),
    "pools-are-protected-from-deletion",
  ],
  [
    "that administrators create users",
    edit(POOL, ["adminCreateUserConfig", "allowAdminCreateUserOnly"], false),
    "administrators-create-users",
  ],
  [
    "that administrators change addresses",
    edit(CLIENT, ["writeAttributes"], ["email", "locale"]),
    "administrators-change-addresses",
  ],
  ...["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"].map(
    (flow) =>
      [
        `sign-in by SRP only, by ${flow}`,
        edit(CLIENT, ["explicitAuthFlows"], ["ALLOW_USER_SRP_AUTH", flow]),
        "sign-ins-send-no-password",
      ] as const,
  ),
  [
    "call-back addresses other than the user's own machine",
    edit(CLIENT, ["callbackUrls"], ["http://localhost:3000/callback"]),
    "call-backs-are-https",
  ],
  ...(["callbackUrls", "logoutUrls"] as const).map(
    (input) =>
      [
        `the web application that the stage names, by another in ${input}`,
        edit(CLIENT, [input], ["https://stranger.example/"]),
        "call-backs-are-https",
      ] as const,
  ),
  ...["emailVerificationMessage", "emailVerificationSubject"].map(
    (input) =>
      [
        `the web application that the stage names, by a link in ${input}`,
        edit(POOL, [input], "{####} https://stranger.example/sign-in"),
        "mails-lead-to-this-app",
      ] as const,
  ),
  [
    "an invitation that leads to the web application",
    edit(POOL, ["adminCreateUserConfig", "inviteMessageTemplate"], {
      emailMessage: '{username} {####} <a href="https://stranger.example">Sign in</a>',
    }),
    "mails-lead-to-this-app",
  ],
  [
    "sign-out addresses other than the user's own machine",
    edit(CLIENT, ["logoutUrls"], ["http://localhost:3000/"]),
    "call-backs-are-https",
  ],
  [
    "a year of logs",
    edit("aws:cloudwatch/logGroup:LogGroup", ["retentionInDays"], 30),
    "logs-are-kept-for-a-year",
  ],
  [
    "the metrics of methods",
    edit("aws:apigateway/methodSettings:MethodSettings", ["settings", "metricsEnabled"], false),
    "methods-are-measured",
  ],
  ...alarmMutations,
  [
    "the recovery of a deleted secret",
    edit("aws:secretsmanager/secret:Secret", ["recoveryWindowInDays"], 0),
    "deleted-secrets-can-be-restored",
  ],
];
