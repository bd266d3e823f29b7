/** Rules about messages: both dead-letter paths, and the publisher. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";
import { readJson } from "./json.ts";
import { deniedBy, hasWildcard, readStatements } from "./statements.ts";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const QUEUE = "aws:sqs/queue:Queue";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const subscriptionSchema = z.object({
  topic: z.string(),
  protocol: z.string(),
  endpoint: z.string(),
  redrivePolicy: z.string().optional(),
});

const subscriptionsRedrive = ruleFor(
  "subscriptions-redrive",
  SUBSCRIPTION,
  subscriptionSchema,
  ({ protocol, redrivePolicy = "" }, graph) => {
    const { data } = z
      .object({ deadLetterTargetArn: z.string() })
      .safeParse(readJson(redrivePolicy));
    return unless(
      protocol === "email" || isQueue(graph, data?.deadLetterTargetArn),
      "must have a redrive policy with a dead-letter queue",
    );
  },
);

const subscriptionsUseTls = ruleFor(
  "subscriptions-use-tls",
  SUBSCRIPTION,
  subscriptionSchema,
  ({ protocol }) => unless(protocol !== "http", "must not deliver over plain HTTP"),
);

const failuresGoToAQueue = ruleFor(
  "failures-go-to-a-queue",
  SUBSCRIPTION,
  subscriptionSchema,
  ({ protocol, endpoint }, graph) =>
    unless(
      protocol !== "lambda" || isQueue(graph, failureDestination(graph, endpoint)),
      "must invoke a function whose on-failure destination is a queue",
    ),
);

const onFailureSchema = z.object({
  functionName: z.string(),
  destinationConfig: z.object({ onFailure: z.object({ destination: z.string() }) }),
});

function failureDestination(graph: Graph, functionArn: string): string | undefined {
  return allOf(graph, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig")
    .flatMap(({ inputs }) => onFailureSchema.safeParse(inputs).data ?? [])
    .find(({ functionName }) => functionArn.split(":").at(-1) === functionName)?.destinationConfig
    .onFailure.destination;
}

const isQueue = (graph: Graph, arn: string | undefined) =>
  arn !== undefined && allOf(graph, QUEUE).some(({ outputs }) => outputs["arn"] === arn);

const publishersAreNamed = ruleFor(
  "publishers-are-named",
  SUBSCRIPTION,
  subscriptionSchema,
  ({ topic, protocol }, graph) =>
    unless(
      protocol !== "lambda" ||
        allOf(graph, "aws:sns/topicPolicy:TopicPolicy").some(
          ({ inputs }) => inputs["arn"] === topic && deniesOtherPublishers(inputs["policy"], topic),
        ),
      "must be to a topic that denies every publisher but one",
    ),
);

function deniesOtherPublishers(policy: unknown, topic: string): boolean {
  const condition = { operator: "ArnNotEquals", key: "aws:PrincipalArn" };
  const denial = { action: "sns:Publish", resource: topic, ...condition };
  return (readStatements(policy) ?? []).some((statement) => {
    const publishers = deniedBy(statement, denial);
    return publishers.length === 1 && !publishers.some(hasWildcard);
  });
}

const topicSchema = z.object({
  lambdaFailureFeedbackRoleArn: z.string(),
  lambdaSuccessFeedbackRoleArn: z.string(),
  lambdaSuccessFeedbackSampleRate: z.number().min(1),
});

/** SNS creates a group that is not there, and keeps its lines for ever. */
const deliveriesAreLogged = ruleFor(
  "deliveries-are-logged",
  SUBSCRIPTION,
  subscriptionSchema,
  ({ topic, protocol }, graph) => {
    if (protocol !== "lambda") return [];
    const logged = allOf(graph, "aws:sns/topic:Topic")
      .filter(({ outputs }) => outputs["arn"] === topic)
      .some(({ inputs }) => topicSchema.safeParse(inputs).success);
    const group = `sns/${topic.split(":").slice(3).join("/")}`;
    return [
      ...unless(
        logged,
        "must be to a topic that logs failed deliveries and a sample of the others",
      ),
      ...[group, `${group}/Failure`]
        .filter((name) => allOf(graph, LOG_GROUP).every(({ inputs }) => inputs["name"] !== name))
        .map((name) => `must be to a topic whose log group ${name} is one of this app`),
    ];
  },
);

/** Every rule about messages. */
export const deliveryRules = [
  subscriptionsRedrive,
  subscriptionsUseTls,
  failuresGoToAQueue,
  publishersAreNamed,
  deliveriesAreLogged,
];
