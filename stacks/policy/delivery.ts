/** Rules about messages: both dead-letter paths, and the publisher. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";
import { readJson } from "./json.ts";
import {
  attachedPolicies,
  deniedBy,
  hasWildcard,
  type PolicyStatement,
  readStatements,
} from "./statements.ts";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const QUEUE = "aws:sqs/queue:Queue";
const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
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

/** That of a version or an alias is not that of calls by the function's name. */
const onFailureSchema = z.object({
  functionName: z.string(),
  qualifier: z.literal("$LATEST").optional(),
  destinationConfig: z.object({ onFailure: z.object({ destination: z.string() }) }),
});

function failureDestination(graph: Graph, functionArn: string): string | undefined {
  return allOf(graph, INVOKE_CONFIG)
    .flatMap(({ inputs }) => onFailureSchema.safeParse(inputs).data ?? [])
    .find(({ functionName }) => functionArn.split(":").at(-1) === functionName)?.destinationConfig
    .onFailure.destination;
}

const isQueue = (graph: Graph, arn: string | undefined) =>
  arn !== undefined && allOf(graph, QUEUE).some(({ outputs }) => outputs["arn"] === arn);

/** As long as SQS keeps any: an operator has to see them first. */
const deadLettersAreKept = ruleFor(
  "failures-go-to-a-queue",
  QUEUE,
  z.object({ messageRetentionSeconds: z.number().default(345_600) }),
  ({ messageRetentionSeconds }, graph, { outputs }) =>
    unless(
      messageRetentionSeconds === 1_209_600 || !takesFailures(graph, outputs["arn"]),
      "must keep dead letters for 14 days (messageRetentionSeconds: 1209600)",
    ),
);

/** Whether a queue is where something that failed ends. */
const takesFailures = (graph: Graph, arn: unknown) =>
  [SUBSCRIPTION, INVOKE_CONFIG, QUEUE, "aws:lambda/function:Function"]
    .flatMap((type) => allOf(graph, type))
    .map(({ inputs }) => [
      inputs["redrivePolicy"],
      inputs["destinationConfig"],
      inputs["deadLetterConfig"],
    ])
    .some((destinations) => JSON.stringify(destinations).includes(String(arn)));

/** A forged dead letter would be sent again to a function. */
const sendersAreNamed = ruleFor(
  "senders-of-dead-letters-are-named",
  SUBSCRIPTION,
  subscriptionSchema,
  ({ redrivePolicy = "" }, graph) => {
    const target = z.object({ deadLetterTargetArn: z.string() }).safeParse(readJson(redrivePolicy));
    const queue = allOf(graph, QUEUE).find(
      ({ outputs }) => outputs["arn"] === target.data?.deadLetterTargetArn,
    );
    return unless(
      queue === undefined ||
        allOf(graph, "aws:sqs/queuePolicy:QueuePolicy").some(
          ({ inputs }) =>
            inputs["queueUrl"] === queue.outputs["url"] &&
            (readStatements(inputs["policy"]) ?? []).some((one) =>
              deniesOtherSenders(one, queue.outputs["arn"]),
            ),
        ),
      "must have a dead-letter queue that denies every sender but those it names",
    );
  },
);

function deniesOtherSenders(statement: PolicyStatement, queueArn: unknown): boolean {
  const { Effect, Principal, Action = [], Resource = [], Condition } = statement;
  const { ArnNotEquals: senders = {}, ...others } = Condition;
  return (
    Effect === "Deny" &&
    Principal === "*" &&
    Action.includes("sqs:SendMessage") &&
    Resource.some((one) => one === queueArn) &&
    Object.keys(others).length === 0 &&
    Object.keys(senders).length > 0 &&
    Object.values(senders)
      .flat()
      .every((arn) => !hasWildcard(arn))
  );
}

const topicsAreOnlyPublishedTo = ruleFor(
  "publishers-are-named",
  "aws:sns/topicPolicy:TopicPolicy",
  z.object({ policy: z.unknown() }),
  ({ policy }) =>
    (readStatements(policy) ?? [])
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action = [] }) => Action)
      .filter((action) => action !== "sns:Publish")
      .map((action) => `must allow sns:Publish only, and not ${action}`),
);

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
    const settings = allOf(graph, "aws:sns/topic:Topic")
      .filter(({ outputs }) => outputs["arn"] === topic)
      .flatMap(({ inputs }) => topicSchema.safeParse(inputs).data ?? []);
    const group = `sns/${topic.split(":").slice(3).join("/")}`;
    const groups = [group, `${group}/Failure`];
    return [
      ...unless(
        settings.length > 0,
        "must be to a topic that logs failed deliveries and a sample of the others",
      ),
      ...groups
        .filter((name) => allOf(graph, LOG_GROUP).every(({ inputs }) => inputs["name"] !== name))
        .map((name) => `must be to a topic whose log group ${name} is one of this app`),
      ...settings
        .flatMap((one) => [one.lambdaFailureFeedbackRoleArn, one.lambdaSuccessFeedbackRoleArn])
        .filter((role) => !groups.every((name) => maySendTo(graph, role, name)))
        .map(
          (role) => `must be to a topic whose role may write to its log groups: ${role} may not`,
        ),
    ];
  },
);

/** Whether a role of this app may write to the streams of a log group. */
const maySendTo = (graph: Graph, roleArn: string, group: string) =>
  attachedPolicies(
    allOf(graph, "aws:iam/role:Role").filter(({ outputs }) => outputs["arn"] === roleArn),
  )
    .flatMap(({ policy }) => readStatements(policy) ?? [])
    .some(
      ({ Effect, Action = [], Resource = [] }) =>
        Effect === "Allow" &&
        Action.includes("logs:PutLogEvents") &&
        Resource.some((arn) => arn.endsWith(`:log-group:${group}:*`)),
    );

/** Every rule about messages. */
export const deliveryRules = [
  subscriptionsRedrive,
  subscriptionsUseTls,
  failuresGoToAQueue,
  deadLettersAreKept,
  sendersAreNamed,
  publishersAreNamed,
  topicsAreOnlyPublishedTo,
  deliveriesAreLogged,
];
