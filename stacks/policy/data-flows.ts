/** Rules about where requests, messages, sign-ins and logs go: to functions, queues and log groups of this app. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";

const NAME = "data-stays-in-this-app";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

const requestsGoToFunctions = ruleFor(
  NAME,
  "aws:apigateway/integration:Integration",
  z.object({ type: z.string(), uri: z.string().optional() }),
  ({ type, uri = "nothing" }, graph) =>
    unless(
      type === "MOCK" ||
        (type === "AWS_PROXY" && isOutput(graph, "aws:lambda/function:Function", "invokeArn", uri)),
      `must send requests, tokens with them, to a function of this app, and not to ${uri}`,
    ),
);

/** What each protocol may deliver to; an address only of a topic that delivers to nothing else: that of alarms. */
const receivers: Readonly<Record<string, string>> = {
  lambda: "aws:lambda/function:Function",
  sqs: "aws:sqs/queue:Queue",
};

const messagesGoToThisApp = ruleFor(
  NAME,
  SUBSCRIPTION,
  z.object({ topic: z.string(), protocol: z.string(), endpoint: z.string() }),
  ({ topic, protocol, endpoint }, graph) =>
    unless(
      protocol === "email"
        ? subscribersOf(graph, topic).every((other) => other === "email")
        : isOutput(graph, receivers[protocol], "arn", endpoint),
      `must be of a function or a queue of this app: it would get every message by ${protocol}`,
    ),
);

const subscribersOf = (graph: Graph, topic: string) =>
  allOf(graph, SUBSCRIPTION)
    .filter(({ inputs }) => inputs["topic"] === topic)
    .map(({ inputs }) => inputs["protocol"]);

/** Triggers get passwords and attributes of users, and decide who signs in. */
const triggersAreOfThisApp = ruleFor(
  NAME,
  "aws:cognito/userPool:UserPool",
  z.object({ lambdaConfig: z.record(z.string(), z.unknown()).default({}) }),
  ({ lambdaConfig }, graph) =>
    (JSON.stringify(lambdaConfig).match(/arn:[^":]+:lambda:[^"]+/g) ?? [])
      .filter((arn) => !isOutput(graph, receivers["lambda"], "arn", arn))
      .map((arn) => `must have functions of this app as its triggers, and not ${arn}`),
);

/** What is kept for one caller, another would get. */
const responsesAreNotCached = ruleFor(
  NAME,
  "aws:apigateway/methodSettings:MethodSettings",
  z.object({ settings: z.object({ cachingEnabled: z.boolean().optional() }) }),
  ({ settings }) =>
    unless(settings.cachingEnabled !== true, "must cache no response, which another would get"),
);

const accessLogsStay = ruleFor(
  NAME,
  "aws:apigateway/stage:Stage",
  z.object({ accessLogSettings: z.object({ destinationArn: z.string() }).optional() }),
  ({ accessLogSettings }, graph) => logsTo(graph, accessLogSettings?.destinationArn),
);

const firewallLogsStay = ruleFor(
  NAME,
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  z.object({ logDestinationConfigs: z.array(z.string()) }),
  ({ logDestinationConfigs }, graph) => logDestinationConfigs.flatMap((arn) => logsTo(graph, arn)),
);

/** What users do: to no bucket and no stream, of which no rule knows whose they are. */
const activityLogsStay = ruleFor(
  NAME,
  "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration",
  z.object({
    logConfigurations: z.array(
      z.object({
        cloudWatchLogsConfiguration: z.object({ logGroupArn: z.string() }).optional(),
      }),
    ),
  }),
  ({ logConfigurations }, graph) =>
    logConfigurations.flatMap(({ cloudWatchLogsConfiguration: to }) =>
      logsTo(graph, to?.logGroupArn ?? "a bucket or stream"),
    ),
);

const logsTo = (graph: Graph, arn: string | undefined) =>
  unless(
    arn === undefined ||
      isOutput(graph, "aws:cloudwatch/logGroup:LogGroup", "arn", arn.replace(/:\*$/, "")),
    `must log to a log group of this app, and not to ${arn}`,
  );

const isOutput = (graph: Graph, type: string | undefined, output: string, value: string) =>
  type !== undefined && allOf(graph, type).some(({ outputs }) => outputs[output] === value);

/** Every rule about where data goes. */
export const dataFlowRules = [
  requestsGoToFunctions,
  messagesGoToThisApp,
  triggersAreOfThisApp,
  responsesAreNotCached,
  accessLogsStay,
  firewallLogsStay,
  activityLogsStay,
];
