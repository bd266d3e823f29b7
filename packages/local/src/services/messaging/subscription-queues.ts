/**
 * Relays: the queues between topics and functions. Clients of the endpoint do not see them: a
 * subscription that ends in one is shown as the function's own, as AWS shows it.
 */
import { randomUUID } from "node:crypto";
import { queueName } from "./queue-url.ts";
import type { Queues } from "./queues.ts";

/** Relays, as deliveries use them. A relay goes by its queue's ARN. */
export interface Relays {
  /** Creates the queue for a subscription of this function. */
  create(functionArn: string): Promise<{ arn: string }>;
  /** Deletes a relay and what waits in it. @throws AwsError QueueDoesNotExist */
  delete(arn: string): Promise<void>;
}

/** The function behind a relay, by the relay's name, ARN or URL; undefined for any other queue. */
export type FunctionOfRelay = (queue: string) => string | undefined;

/** Relays among the given queues, none at first. */
export function createRelays(queues: Queues): { relays: Relays; functionOf: FunctionOfRelay } {
  const functions = new Map<string, string>();
  return {
    relays: {
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

/** An endpoint among the members of a listed subscription, and among its attributes. */
const endpoints = [
  /(<Protocol>)sqs(<\/Protocol>\s*<Endpoint>)([^<]*)/g,
  /(<key>Protocol<\/key><value>)sqs(<\/value><\/entry>\s*<entry><key>Endpoint<\/key><value>)([^<]*)/g,
];

/** An attribute that was taken away, which fauxqs keeps as an empty text and AWS does not tell. */
const emptyAttribute = /<entry><key>\w+<\/key><value><\/value><\/entry>\s*/g;

/** SNS's answer about subscriptions, as XML, with functions in place of their relays. */
export function withFunctions(document: string, functionOf: FunctionOfRelay): string {
  const shown = (all: string, before: string, between: string, queue: string) => {
    const functionArn = functionOf(queue);
    return functionArn === undefined ? all : `${before}lambda${between}${functionArn}`;
  };
  const told = document.replace(emptyAttribute, "");
  return endpoints.reduce((text, endpoint) => text.replace(endpoint, shown), told);
}
