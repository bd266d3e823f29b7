/** Queue URLs: those of fauxqs have a host that may not resolve; these point to the endpoint. */
import * as z from "zod";

/** Builds the URL of a queue from its name. */
export type QueueUrls = (name: string) => string;

/** URLs below the endpoint's URL, which is known once its listener is up. */
export function queueUrlsAt(endpoint: () => string, account: string): QueueUrls {
  return (name) => new URL(`/${account}/${name}`, endpoint()).href;
}

/** The name at the end of a queue's URL or ARN; trailing slashes are ignored, as in fauxqs. */
export function queueName(urlOrArn: string): string {
  return urlOrArn.split(/[/:]/).findLast((part) => part !== "") ?? "";
}

/**
 * The name of the queue with this URL, whatever its host; undefined for a URL that is not one of a
 * queue of this account.
 */
export function queueAt(url: string, account: string): string | undefined {
  const [, owner, name] = /^(?:https?:\/\/[^/]+)?\/(\d{12})\/([^/]+)\/*$/.exec(url) ?? [];
  return owner === account && name !== undefined && isQueueName(name) ? name : undefined;
}

/** Whether a queue may have this name (documented: SQS-API/CreateQueue). */
export function isQueueName(name: string): boolean {
  return name.length <= 80 && /^[\w-]+(?:\.fifo)?$/.test(name);
}

const outputs = z.looseObject({
  QueueUrl: z.string().optional(),
  QueueUrls: z.array(z.string()).optional(),
});

/**
 * The output of an SQS operation with the endpoint's URLs in place of those of fauxqs, and without
 * those of hidden queues.
 */
export function withEndpointUrls(
  output: unknown,
  urlOf: QueueUrls,
  isHidden: (url: string) => boolean,
): object {
  const { QueueUrl: one, QueueUrls: many, ...rest } = outputs.parse(output);
  return {
    ...rest,
    ...(one === undefined ? {} : { QueueUrl: urlOf(queueName(one)) }),
    ...(many === undefined
      ? {}
      : { QueueUrls: many.filter((url) => !isHidden(url)).map((url) => urlOf(queueName(url))) }),
  };
}
