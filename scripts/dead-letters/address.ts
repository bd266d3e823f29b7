/** Finds the function that a dead letter is for, and keeps letters within their stage. */
import { namesOf } from "../../stacks/settings/names.ts";
import type { Letter } from "./letter.ts";

/** The one subscriber of the topic. */
const consumer = "InternalLambda";

/**
 * The ARN of the function that a letter is given to: the one that failed, or the topic's subscriber.
 * Undefined when the letter names a topic or function that is not the stage's own, in the queue's
 * account and Region: a sender to the queue must not choose what an operator invokes.
 */
export function functionFor(letter: Letter, stage: string, queueArn: string): string | undefined {
  const [, partition, , region, account] = queueArn.split(":");
  const lambda = `arn:${partition}:lambda:${region}:${account}:function:`;
  const topic = `arn:${partition}:sns:${region}:${account}:`;
  if (letter.way === "function") {
    return isPartOf(stage, lambda, letter.functionArn) ? letter.functionArn : undefined;
  }
  return isPartOf(stage, topic, letter.topicArn)
    ? `${lambda}${namesOf(stage).resource(consumer)}`
    : undefined;
}

function isPartOf(stage: string, service: string, arn: string): boolean {
  const start = `${service}${namesOf(stage).resource("")}`;
  return arn.startsWith(start) && /^[\w-]+$/.test(arn.slice(start.length));
}
