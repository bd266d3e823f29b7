/** Where a message goes that could not be delivered, or that a function failed on permanently. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import { optionalText, type GraphView } from "../graph-view.ts";
import { sortRows, type Section } from "./section.ts";

const redrivePolicy = z
  .string()
  .transform((policy): unknown => JSON.parse(policy))
  .pipe(z.object({ deadLetterTargetArn: z.string() }));

const onFailure = z.object({
  functionName: z.string(),
  destinationConfig: z.object({ onFailure: z.object({ destination: z.string() }) }),
});

/** A row for each source: where a message comes from, which failure, which queue, or that it is lost. */
export function summarizeDeadLetters(graph: GraphView): Section {
  const subscriptions = graph
    .all("aws:sns/topicSubscription:TopicSubscription")
    .filter(({ inputs }) => inputs["protocol"] === "lambda")
    .map((subscription) => subscriptionRow(graph, subscription));
  const consumers = new Set(subscriptions.map(([, , name]) => name));
  const functions = graph
    .all("aws:lambda/function:Function")
    .filter(({ outputs }) => consumers.has(graph.nameOf(outputs["arn"])))
    .map((lambda) => functionRow(graph, lambda));
  return {
    title: "Dead letters",
    rows: [...sortRows(subscriptions), ...sortRows(functions)],
    none: "No subscription.",
  };
}

function subscriptionRow(
  graph: GraphView,
  { inputs }: GraphResource,
): [string, string, string, string] {
  const policy = redrivePolicy.safeParse(inputs["redrivePolicy"]).data;
  return [
    graph.nameOf(inputs["topic"]),
    "cannot be delivered to",
    graph.nameOf(inputs["endpoint"]),
    policy === undefined ? "IS LOST" : `→ ${graph.nameOf(policy.deadLetterTargetArn)}`,
  ];
}

function functionRow(graph: GraphView, lambda: GraphResource): string[] {
  const references = [lambda.outputs["arn"], lambda.inputs["name"], lambda.id];
  const config = graph
    .all("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig")
    .map(({ inputs }) => onFailure.safeParse(inputs).data)
    .find((found) => found !== undefined && references.includes(found.functionName));
  const destination = optionalText.parse(config?.destinationConfig.onFailure.destination);
  return [
    "an event",
    "fails permanently in",
    graph.nameOf(lambda.outputs["arn"]),
    destination === undefined ? "IS LOST" : `→ ${graph.nameOf(destination)}`,
  ];
}
