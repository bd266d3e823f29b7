/** Each control removed from a copy of the graph, and the rule that detects it. */
import { appName } from "@secure-lambda/functions/contract";
import { apiMutations } from "./api-mutations.ts";
import { dataFlowMutations } from "./data-flow-mutations.ts";
import { evasions } from "./evasions.ts";
import { firewallMutations } from "./firewall-mutations.ts";
import { functionMutations } from "./function-mutations.ts";
import { grantMutations } from "./grant-mutations.ts";
import { identityMutations } from "./identity-mutations.ts";
import { keyMutations } from "./key-mutations.ts";
import { lookedUpMutations } from "./looked-up-mutations.ts";
import { principalMutations } from "./principal-mutations.ts";
import { providerMutations } from "./provider-mutations.ts";
import { setOnceMutations } from "./set-once-mutations.ts";
import { roleMutations } from "./role-mutations.ts";
import { weakenedMutations } from "./weakened-mutations.ts";
import { threatProtectionMutations } from "./threat-protection-mutations.ts";
import { drop, edit, editInput, editPolicy, grant, type MutationRow } from "./mutate.ts";

const STAGE = "aws:apigateway/stage:Stage";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const ROLE = "aws:iam/role:Role";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const SECRET_POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";
const KEY = "aws:kms/key:Key";
const LOG_GROUP_KEY = "kms:EncryptionContext:aws:logs:arn";
const format = ["accessLogSettings", "format"];

/** Rewrites what ExternalLambda may do. */
const editGrants = (rewrite: (policies: string) => string) =>
  editInput(ROLE, "inlinePolicies", rewrite, "ExternalLambdaRole");

export const mutations: readonly MutationRow[] = [
  ...apiMutations,
  ...dataFlowMutations,
  ...lookedUpMutations,
  ...principalMutations,
  ...providerMutations,
  ...setOnceMutations,
  ...evasions,
  ...grantMutations,
  ...keyMutations,
  ["a named action of a role", grant("sns:*", "arn:aws:sns:::topic"), "no-wildcard-grants"],
  ["the named keys of a role", grant("kms:Decrypt", "*"), "no-wildcard-grants"],
  ["a named resource of a role", grant("sns:Publish", "*"), "no-wildcard-grants"],
  ["the two actions of tracing", grant("xray:GetTraceSummaries", "*"), "no-wildcard-grants"],
  [
    "a policy that can be parsed",
    edit(ROLE, ["inlinePolicies"], [{ policy: "{" }]),
    "no-wildcard-grants",
  ],
  [
    "a named principal of the topic",
    editPolicy(TOPIC_POLICY, (text) =>
      text.replace('{"AWS":"arn:aws:iam::000000000000:root"}', '"*"'),
    ),
    "no-wildcard-grants",
  ],
  [
    "the exact name of a role that may publish",
    editPolicy(TOPIC_POLICY, (text) => text.replaceAll("prod-ExternalLambda", "prod-*")),
    "no-wildcard-grants",
  ],
  [
    "a named action of the queue",
    editPolicy(QUEUE_POLICY, (text) => text.replaceAll('"sqs:SendMessage"', '"sqs:*"')),
    "no-wildcard-grants",
  ],
  [
    "a named action of a key",
    editPolicy(KEY, (text) => text.replace('"kms:PutKeyPolicy"', '"kms:*"')),
    "no-wildcard-grants",
  ],
  [
    "the topic for which SNS sends dead letters",
    editPolicy(QUEUE_POLICY, (text) => text.replace('"ArnEquals":{"aws:SourceArn"', '"Null":{"a"')),
    "services-act-for-named-resources",
  ],
  [
    "the exact name of that topic",
    editPolicy(QUEUE_POLICY, (text) => text.replaceAll("prod-GreetingTopic", "prod-*")),
    "services-act-for-named-resources",
  ],
  [
    "the log groups for which CloudWatch Logs uses a key",
    editPolicy(KEY, (text) => text.replace(LOG_GROUP_KEY, "kms:EncryptionContext:other")),
    "services-act-for-named-resources",
  ],
  [
    "the exact name of such a log group",
    editPolicy(KEY, (text) =>
      text.replace(`log-group:aws-waf-logs-${appName}-prod`, "log-group:*"),
    ),
    "services-act-for-named-resources",
  ],
  [
    "conditions that SNS is documented to meet",
    editPolicy(KEY, (text) =>
      text.replace(
        '"ArnEquals":{"aws:SourceArn"',
        '"StringEquals":{"aws:SourceAccount":"000000000000"},"ArnEquals":{"aws:SourceArn"',
      ),
    ),
    "services-act-for-named-resources",
  ],
  [
    "that a grant is for calls of a function's code",
    editGrants((text) => text.replaceAll("lambda:SourceFunctionArn", "aws:PrincipalAccount")),
    "grants-are-for-one-function",
  ],
  [
    "which function's code a grant is for",
    editGrants((text) => text.replaceAll(/(function:[\w-]+-)ExternalLambda/g, "$1InternalLambda")),
    "grants-are-for-one-function",
  ],
  [
    "that a grant is for no calls without a function",
    editGrants((text) => text.replaceAll("ArnEquals", "ArnEqualsIfExists")),
    "grants-are-for-one-function",
  ],
  [
    "the effect of a condition on a function, which policies of resources cannot have",
    editPolicy(SECRET_POLICY, (text) =>
      text.replace("aws:PrincipalArn", "lambda:SourceFunctionArn"),
    ),
    "grants-are-for-one-function",
  ],
  ...roleMutations,
  ...identityMutations,
  ...threatProtectionMutations,
  ...firewallMutations,
  ...functionMutations,
  ...weakenedMutations,
  [
    "the topic's key",
    edit("aws:sns/topic:Topic", ["kmsMasterKeyId"], undefined),
    "encrypted-at-rest",
  ],
  [
    "the queue's key",
    edit("aws:sqs/queue:Queue", ["kmsMasterKeyId"], undefined),
    "encrypted-at-rest",
  ],
  [
    "the secret's key, for one from outside",
    edit("aws:secretsmanager/secret:Secret", ["kmsKeyId"], "arn:aws:kms:::key/other"),
    "encrypted-at-rest",
  ],
  [
    "a log group's key, for one from outside",
    edit("aws:cloudwatch/logGroup:LogGroup", ["kmsKeyId"], "arn:aws:kms:::key/other"),
    "encrypted-at-rest",
  ],
  ["the rotation of keys", edit(KEY, ["enableKeyRotation"], undefined), "keys-rotate"],
  ["a key that is enabled", edit(KEY, ["isEnabled"], false), "keys-are-enabled-in-one-region"],
  ["the one Region of a key", edit(KEY, ["multiRegion"], true), "keys-are-enabled-in-one-region"],
  ["the policy of keys", edit(KEY, ["policy"], undefined), "keys-rotate"],
  ["the topic's policy", drop(TOPIC_POLICY), "encrypted-in-transit"],
  ["the queue's TLS", editPolicy(QUEUE_POLICY, withoutTls), "encrypted-in-transit"],
  ["the secret's TLS", editPolicy(SECRET_POLICY, withoutTls), "encrypted-in-transit"],
  [
    "the subscription's redrive",
    edit("aws:sns/topicSubscription:TopicSubscription", ["redrivePolicy"], undefined),
    "subscriptions-redrive",
  ],
  [
    "the TLS of a subscription",
    edit("aws:sns/topicSubscription:TopicSubscription", ["protocol"], "http"),
    "subscriptions-use-tls",
  ],
  [
    "the on-failure destination",
    drop("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"),
    "failures-go-to-a-queue",
  ],
  [
    "the denial of other publishers",
    editPolicy(TOPIC_POLICY, (text) => text.replace("ArnNotEquals", "ArnNotLike")),
    "publishers-are-named",
  ],
  [
    "the exact name of the publisher",
    editPolicy(TOPIC_POLICY, (text) => text.replaceAll("prod-ExternalLambda", "prod-*")),
    "publishers-are-named",
  ],
  [
    "the log of failed deliveries",
    edit("aws:sns/topic:Topic", ["lambdaFailureFeedbackRoleArn"], undefined),
    "deliveries-are-logged",
  ],
  [
    "the sample of deliveries",
    edit("aws:sns/topic:Topic", ["lambdaSuccessFeedbackSampleRate"], 0),
    "deliveries-are-logged",
  ],
  [
    "the log group of failed deliveries",
    drop("aws:cloudwatch/logGroup:LogGroup", "FailedDeliveryLog"),
    "deliveries-are-logged",
  ],
  [
    "a retention",
    edit("aws:cloudwatch/logGroup:LogGroup", ["retentionInDays"], 0),
    "log-groups-have-a-retention",
  ],
  ["the access log", edit(STAGE, ["accessLogSettings"], undefined), "stages-log-access"],
  ["the access log's JSON", edit(STAGE, format, "$context.requestId"), "stages-log-access"],
  ...["$context.tlsVersion", "$context.cipherSuite"].map((variable): MutationRow => [
    `the access log's ${variable}`,
    editInput(STAGE, "accessLogSettings", (text) => text.replace(variable, "$context.stage")),
    "stages-log-access",
  ]),
  ...[
    "$context.authorizer.claims.email",
    "$context.authorizer.claims",
    "$context.error.message",
    "$context.error.validationErrorString",
    "$context.identity.apiKey",
    "$context.path",
    "$input.body",
  ].map((variable): MutationRow => [
    `the access log's silence about ${variable}`,
    edit(STAGE, format, JSON.stringify({ value: variable })),
    "stages-log-access",
  ]),
  ["the stage's tracing", edit(STAGE, ["xrayTracingEnabled"], false), "stages-log-access"],
  ["the execution log", edit(SETTINGS, ["settings", "loggingLevel"], "OFF"), "no-data-traces"],
  [
    "the ban on data traces",
    edit(SETTINGS, ["settings", "dataTraceEnabled"], true),
    "no-data-traces",
  ],
];

function withoutTls(policy: string): string {
  return policy.replace('"aws:SecureTransport":"false"', '"aws:SecureTransport":"true"');
}
