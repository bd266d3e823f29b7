/**
 * The queues behind functions' subscriptions. Clients of the endpoint do not see them: such a
 * subscription is shown with the function's ARN, as on AWS.
 */
import { randomUUID } from "node:crypto";
import { queueName } from "./queue-url.ts";
import type { Queues } from "./queues.ts";

/** The subscription queues, as deliveries use them; each is named by its ARN. */
export interface SubscriptionQueues {
  /** Creates the queue for a subscription of this function. */
  create(functionArn: string): Promise<{ arn: string }>;
  /** Deletes a queue with its messages. @throws AwsError QueueDoesNotExist */
  delete(arn: string): Promise<void>;
}

/** The function of a subscription queue, by its name, ARN or URL; undefined for other queues. */
export type FunctionOfQueue = (queue: string) => string | undefined;

/** Creates the registry of subscription queues, empty at first. */
export function createSubscriptionQueues(queues: Queues): {
  subscriptionQueues: SubscriptionQueues;
  functionOf: FunctionOfQueue;
} {
  const functions = new Map<string, string>();
  return {
    subscriptionQueues: {
      async create(functionArn) {
        const name = `delivery-to-function-${randomUUID()}`;
        functions.set(name, functionArn);
        return queues.create(name);
      },
      async delete(arn) {
        await queues.delete(arn);
        functions.delete(queueName(arn));
      },
    },
    functionOf: (queue) => functions.get(queueName(queue)),
  };
}

/** The endpoint in a list of subscriptions, and in a subscription's attributes. */
const endpoints = [
  /(<Protocol>)sqs(<\/Protocol>\s*<Endpoint>)([^<]*)/g,
  /(<key>Protocol<\/key><value>)sqs(<\/value><\/entry>\s*<entry><key>Endpoint<\/key><value>)([^<]*)/g,
];

/** A removed attribute: fauxqs keeps it as an empty text, AWS leaves it out. */
const emptyAttribute = /<entry><key>\w+<\/key><value><\/value><\/entry>\s*/g;

/** SNS's XML response with functions' ARNs in place of their subscription queues. */
export function withFunctions(document: string, functionOf: FunctionOfQueue): string {
  const shown = (all: string, before: string, between: string, queue: string) => {
    const functionArn = functionOf(queue);
    return functionArn === undefined ? all : `${before}lambda${between}${functionArn}`;
  };
  const cleaned = document.replace(emptyAttribute, "");
  return endpoints.reduce((text, endpoint) => text.replace(endpoint, shown), cleaned);
}
