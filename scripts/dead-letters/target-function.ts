/** Finds the target function of a dead letter, which must belong to the same stage. */
import { namesOf } from "../../stacks/settings/names.ts";
import type { DeadLetter } from "./dead-letter.ts";

/** The one subscriber of the topic. */
const consumer = "InternalLambda";

/** Invoked by API Gateway only, which waits for it: it leaves no dead letters. */
const behindTheApi = "ExternalLambda";

/**
 * The ARN of the function that is invoked again: the one that failed, or the topic's subscriber.
 * Undefined when the dead letter names a topic or function outside the stage or the queue's account
 * and Region, or one that leaves none: a writer to the queue must not choose what an operator invokes.
 */
export function findTargetFunction(
  deadLetter: DeadLetter,
  stage: string,
  queueArn: string,
): string | undefined {
  const [, partition, , region, account] = queueArn.split(":");
  const lambda = `arn:${partition}:lambda:${region}:${account}:function:`;
  const topic = `arn:${partition}:sns:${region}:${account}:`;
  if (deadLetter.source === "function") {
    const { functionArn } = deadLetter;
    if (functionArn === `${lambda}${namesOf(stage).resource(behindTheApi)}`) return undefined;
    return isPartOf(stage, lambda, functionArn) ? functionArn : undefined;
  }
  return isPartOf(stage, topic, deadLetter.topicArn)
    ? `${lambda}${namesOf(stage).resource(consumer)}`
    : undefined;
}

function isPartOf(stage: string, service: string, arn: string): boolean {
  return arn.startsWith(service) && namesOf(stage).isOfStage(arn.slice(service.length));
}
