/** SNS and SQS in memory, as far as delivery needs them. */
import type { MessagingPort } from "../../../../src/services/messaging/delivery/messaging-port.ts";

interface FakeQueue {
  readonly waiting: string[];
  readonly inFlight: Map<string, string>;
  readonly changed: Set<() => void>;
}

interface FakeSubscription {
  readonly topicArn: string;
  readonly queueArn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface FakeMessaging extends MessagingPort {
  /** Publishes to every subscribed queue; returns the message id. */
  publish(topicArn: string, message: string, more?: object): string;
  /** Puts a body into the subscription's queue, whatever it is. */
  inject(subscriptionArn: string, body: string): void;
  /** Adds a queue that is not a subscription queue. */
  addQueue(name: string): { readonly arn: string };
  subscriptions(): readonly FakeSubscription[];
  queueArns(): readonly string[];
  /** What waits or is in flight in a queue. */
  held(queueArn: string): readonly string[];
  /** Resolves when the subscription's queue holds nothing any more. */
  drained(subscriptionArn: string): Promise<void>;
  /** The next receive of any queue fails with this. */
  failNextReceive(error: Error): void;
  /** The next send to any queue fails with this. */
  failNextSend(error: Error): void;
}

export const TOPIC = "arn:aws:sns:us-east-1:000000000000:names";

export function createFakeMessaging(): FakeMessaging {
  const queues = new Map<string, FakeQueue>();
  const subscriptions = new Map<string, FakeSubscription>();
  let serial = 0;
  let receiveError: Error | undefined;
  let sendError: Error | undefined;

  function queue(arn: string): FakeQueue {
    const found = queues.get(arn);
    if (found === undefined) throw new Error(`There is no queue ${arn}.`);
    return found;
  }

  function change(found: FakeQueue): void {
    for (const wake of found.changed) wake();
  }

  function addQueue(name: string): { readonly arn: string } {
    const arn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
    queues.set(arn, { waiting: [], inFlight: new Map(), changed: new Set() });
    return { arn };
  }

  function add(queueArn: string, body: string): void {
    queue(queueArn).waiting.push(body);
    change(queue(queueArn));
  }

  function nextChange(found: FakeQueue, signal?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => {
      found.changed.delete(wake);
      resolve();
    };
    found.changed.add(wake);
    signal?.addEventListener("abort", wake, { once: true });
    return promise;
  }

  return {
    topics: {
      async subscribeQueue(topicArn, queueArn, attributes) {
        if (topicArn !== TOPIC) throw new Error("Topic does not exist");
        serial += 1;
        const subscriptionArn = `${topicArn}:subscription-${String(serial)}`;
        subscriptions.set(subscriptionArn, { topicArn, queueArn, attributes });
        return { subscriptionArn };
      },
      async setSubscriptionAttributes(subscriptionArn, attributes) {
        const found = subscriptions.get(subscriptionArn);
        if (found === undefined) throw new Error("Subscription does not exist");
        subscriptions.set(subscriptionArn, {
          ...found,
          attributes: { ...found.attributes, ...attributes },
        });
      },
      async unsubscribe(subscriptionArn) {
        subscriptions.delete(subscriptionArn);
      },
    },
    subscriptionQueues: {
      async create() {
        serial += 1;
        return addQueue(`subscription-queue-${String(serial)}`);
      },
      async delete(queueArn) {
        queues.delete(queueArn);
      },
    },
    queues: {
      async receive(queueArn, signal) {
        if (receiveError !== undefined) {
          const error = receiveError;
          receiveError = undefined;
          throw error;
        }
        const found = queue(queueArn);
        while (!signal.aborted) {
          const body = found.waiting.shift();
          if (body !== undefined) {
            serial += 1;
            const receiptHandle = `receipt-${String(serial)}`;
            found.inFlight.set(receiptHandle, body);
            return { body, receiptHandle };
          }
          await nextChange(found, signal);
        }
        return undefined;
      },
      async deleteMessage(queueArn, receiptHandle) {
        queue(queueArn).inFlight.delete(receiptHandle);
        change(queue(queueArn));
      },
      async send(queueArn, body) {
        if (sendError !== undefined) throw sendError;
        add(queueArn, body);
      },
    },
    publish(topicArn, message, more = {}) {
      serial += 1;
      const messageId = `message-${String(serial)}`;
      for (const [subscriptionArn, subscription] of subscriptions) {
        const envelope = {
          Type: "Notification",
          MessageId: messageId,
          TopicArn: topicArn,
          Message: message,
          Timestamp: "2026-11-22T09:05:07.043Z",
          SignatureVersion: "1",
          Signature: "signature",
          SigningCertURL: "https://sns.us-east-1.amazonaws.com/cert.pem",
          UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?SubscriptionArn=${subscriptionArn}`,
          ...more,
        };
        add(subscription.queueArn, JSON.stringify(envelope));
      }
      return messageId;
    },
    inject: (subscriptionArn, body) =>
      add(subscriptions.get(subscriptionArn)?.queueArn ?? "", body),
    addQueue,
    subscriptions: () => [...subscriptions.values()],
    queueArns: () => [...queues.keys()],
    held: (queueArn) => [...queue(queueArn).inFlight.values(), ...queue(queueArn).waiting],
    async drained(subscriptionArn) {
      const found = queue(subscriptions.get(subscriptionArn)?.queueArn ?? "");
      while (found.waiting.length + found.inFlight.size > 0) await nextChange(found);
    },
    failNextReceive: (error) => void (receiveError = error),
    failNextSend: (error) => void (sendError = error),
  };
}
