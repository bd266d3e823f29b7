/** Each way in which requests, messages and logs could leave the app, and the rule that detects it. */
import type { GraphResource } from "@secure-lambda/local";
import { add, edit, editInput, type Mutation, type MutationRow } from "./mutate.ts";

const NAME = "data-stays-in-this-app";
const INTEGRATION = "aws:apigateway/integration:Integration";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const FIREHOSE = "arn:aws:firehose:us-east-1:000000000000:deliverystream/amazon-apigateway-logs";
const LAMBDA = "aws:lambda/function:Function";
const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const STRANGER = "arn:aws:lambda:us-east-1:999999999999:function:stranger";

/** Subscribes one more receiver to the topic of greetings, as safely as the first one. */
export const alsoSubscribe =
  (protocol: string, endpoint: string): Mutation =>
  (graph) => [...graph, ...graph.flatMap((one) => copyFor(one, { protocol, endpoint }))];

const copyFor = (one: GraphResource, receiver: object): GraphResource[] =>
  one.type === SUBSCRIPTION
    ? [{ ...one, name: "Extra", inputs: { ...one.inputs, ...receiver } }]
    : [];

export const dataFlowMutations: readonly MutationRow[] = [
  [
    "the functions of this app as triggers of a user pool",
    edit("aws:cognito/userPool:UserPool", ["lambdaConfig"], { preAuthentication: STRANGER }),
    NAME,
  ],
  [
    "the responses of one caller for that caller",
    edit("aws:apigateway/methodSettings:MethodSettings", ["settings", "cachingEnabled"], true),
    NAME,
  ],
  ...[STRANGER, "https://stranger.example"].map(
    (uri) =>
      [
        `the function of this app behind a route, for ${uri}`,
        edit(INTEGRATION, ["uri"], uri),
        NAME,
      ] as const,
  ),
  [
    "the hiding of what a function of this app gets, by its integration's type",
    edit(INTEGRATION, ["type"], "HTTP_PROXY"),
    NAME,
  ],
  [
    "the messages of this app, for an address",
    alsoSubscribe("email", "stranger@example.com"),
    NAME,
  ],
  [
    "the messages of this app, for a site",
    alsoSubscribe("https", "https://stranger.example"),
    NAME,
  ],
  ["the messages of this app, for another account", alsoSubscribe("lambda", STRANGER), NAME],
  [
    "the access log's group of this app",
    edit("aws:apigateway/stage:Stage", ["accessLogSettings", "destinationArn"], FIREHOSE),
    NAME,
  ],
  [
    "the firewall's log group of this app",
    edit(
      "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      ["logDestinationConfigs"],
      ["arn:aws:s3:::aws-waf-logs-stranger"],
    ),
    NAME,
  ],
  ...["alarmActions", "okActions", "insufficientDataActions"].map(
    (input) =>
      [
        `the topics of this app for alarms, by ${input}`,
        edit("aws:cloudwatch/metricAlarm:MetricAlarm", [input], [STRANGER]),
        NAME,
      ] as const,
  ),
  ...["onSuccess", "onFailure"].map(
    (result) =>
      [
        `the events of a function for this app, ${result}`,
        add(INVOKE_CONFIG, {
          functionName: "any",
          destinationConfig: { [result]: { destination: STRANGER } },
        }),
        NAME,
      ] as const,
  ),
  [
    "the failed events of a function for this app, by its dead letters",
    edit(LAMBDA, ["deadLetterConfig"], { targetArn: "arn:aws:sqs:us-east-1:999999999999:other" }),
    NAME,
  ],
  [
    "what users do for this app",
    edit("aws:cognito/userPoolClient:UserPoolClient", ["analyticsConfiguration"], {
      applicationArn: "arn:aws:mobiletargeting:us-east-1:999999999999:apps/other",
      userDataShared: true,
    }),
    NAME,
  ],
  [
    "a dashboard that calls nothing",
    edit(
      "aws:cloudwatch/dashboard:Dashboard",
      ["dashboardBody"],
      JSON.stringify({ widgets: [{ type: "custom", properties: { endpoint: STRANGER } }] }),
    ),
    NAME,
  ],
  [
    "the secret in its Region only",
    edit("aws:secretsmanager/secret:Secret", ["replicas"], [{ region: "eu-west-1" }]),
    NAME,
  ],
  [
    "what a role sends for this account",
    editInput(
      "aws:iam/role:Role",
      "inlinePolicies",
      (text) => text.replaceAll(/(arn:aws:sns:[\w-]+:)\d{12}/g, "$1999999999999"),
      "ExternalLambdaRole",
    ),
    NAME,
  ],
  [
    "what a role sends for this account, by a bucket of any account",
    editInput(
      "aws:iam/role:Role",
      "inlinePolicies",
      (text) => text.replaceAll(/arn:aws:sns:[^"\\]*/g, "arn:aws:s3:::stranger/messages"),
      "ExternalLambdaRole",
    ),
    NAME,
  ],
  ...[
    "AWS_ENDPOINT_URL_SNS",
    "AWS_CONFIG_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "HTTPS_PROXY",
    "NODE_EXTRA_CA_CERTS",
    "NODE_TLS_REJECT_UNAUTHORIZED",
  ].map(
    (variable) =>
      [
        `AWS as what a function calls, by ${variable}`,
        edit(LAMBDA, ["environment", "variables", variable], "https://stranger.example"),
        NAME,
      ] as const,
  ),
];
