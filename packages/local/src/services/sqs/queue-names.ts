/** The names, ARNs and URLs of queues. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";

/** What a queue's name and URL say of each other. */
export interface QueueNames {
  arnOf(name: string): string;
  /** Below the endpoint's URL, which is known once its listener is up. */
  urlOf(name: string): string;
  /** The name of the queue with this URL, whatever its host; undefined for any other text. */
  nameAt(url: string): string | undefined;
}

/** The names of an account's queues in a Region. */
export function queueNames(
  { region, account }: AwsEnvironment,
  endpoint: () => string,
): QueueNames {
  return {
    arnOf: (name) => `arn:aws:sqs:${region}:${account}:${name}`,
    urlOf: (name) => new URL(`/${account}/${name}`, endpoint()).href,
    nameAt(url) {
      const [, owner, name] = /^(?:https?:\/\/[^/]+)?\/(\d{12})\/([^/]+)\/*$/.exec(url) ?? [];
      return owner === account && name !== undefined && isQueueName(name) ? name : undefined;
    },
  };
}

/** Whether a standard queue may have this name (documented: SQS-API/CreateQueue). */
export function isQueueName(name: string): boolean {
  return /^[\w-]{1,80}$/.test(name);
}
