/** Alarms that notify an address: stage `prod` has none. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import { add, edit, type Mutation, type MutationRow } from "./mutate.ts";

const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const NAME = "AlarmEmail";
const RULE = "alarms-notify";

/** A stage whose alarms notify that address, and that names no web application. */
export const protectedStage = { protect: true, alarmEmail: "team@example.com", callbackUrls: [] };

/** The graph with alarms that notify an address, by a topic that is as safe as that of greetings. */
export function withNotifications(resources: readonly GraphResource[]): GraphResource[] {
  const greetings = z
    .object({ arn: z.string() })
    .parse(resources.find(({ type }) => type === TOPIC)?.outputs).arn;
  const topic = `${greetings}-alarms`;
  const subscription = {
    id: "alarms",
    urn: "alarms",
    type: SUBSCRIPTION,
    name: NAME,
    parent: "",
    inputs: { topic, protocol: "email", endpoint: protectedStage.alarmEmail },
    outputs: {},
  };
  return [
    ...resources.map((one) =>
      one.type === ALARM ? { ...one, inputs: { ...one.inputs, alarmActions: [topic] } } : one,
    ),
    ...resources
      .filter(({ type }) => [TOPIC, TOPIC_POLICY].includes(type))
      .map((one): GraphResource => ({
        ...JSON.parse(JSON.stringify(one).replaceAll(greetings, topic)),
        name: `Alarm${one.name}`,
      })),
    subscription,
  ];
}

/** Subscribes one more address to the alarms. */
const alsoMail =
  (endpoint: string): Mutation =>
  (graph) => {
    const inputs = graph.find(({ name }) => name === NAME)?.inputs;
    return add(SUBSCRIPTION, { ...inputs, endpoint })(graph);
  };

/** Ways in which alarms do not reach the stage's address, or reach others. */
export const notificationMutations: readonly MutationRow[] = [
  ["the actions of alarms", edit(ALARM, ["alarmActions"], []), RULE],
  ["the actions of alarms, disabled", edit(ALARM, ["actionsEnabled"], false), RULE],
  [
    "the address of alarms, for another",
    edit(SUBSCRIPTION, ["endpoint"], "stranger@example.com", NAME),
    RULE,
  ],
  ["the address of alarms as the only one", alsoMail("stranger@example.com"), RULE],
  ["the address of alarms, by a filter", edit(SUBSCRIPTION, ["filterPolicy"], "{}", NAME), RULE],
];
