/** Each way in which requests, messages and logs could leave the app, and the rule that detects it. */
import type { GraphResource } from "@secure-lambda/local";
import { edit, lookUp, type Mutation, type MutationRow } from "./mutate.ts";

const NAME = "data-stays-in-this-app";
const INTEGRATION = "aws:apigateway/integration:Integration";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const FIREHOSE = "arn:aws:firehose:us-east-1:000000000000:deliverystream/amazon-apigateway-logs";
const STRANGER = "arn:aws:lambda:us-east-1:999999999999:function:stranger";

/** Subscribes one more receiver to the topic of greetings, as safely as the first one. */
const alsoSubscribe =
  (protocol: string, endpoint: string): Mutation =>
  (graph) => [...graph, ...graph.flatMap((one) => copyFor(one, { protocol, endpoint }))];

const copyFor = (one: GraphResource, receiver: object): GraphResource[] =>
  one.type === SUBSCRIPTION
    ? [{ ...one, name: "Extra", inputs: { ...one.inputs, ...receiver } }]
    : [];

export const dataFlowMutations: readonly MutationRow[] = [
  [
    "the triggers of this app of a user pool",
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
    "the messages of this app, for a function that is only looked up",
    (graph) =>
      alsoSubscribe("lambda", STRANGER)(lookUp("aws:lambda/function:Function", STRANGER)(graph)),
    NAME,
  ],
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
];
