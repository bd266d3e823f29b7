/** What delivery needs of SNS and SQS; the local cloud's own messaging has this shape. */

/** Attributes in AWS's spelling, such as `FilterPolicy`. */
type Attributes = Readonly<Record<string, string>>;

/** Topics and queues; a queue goes by its ARN. */
export interface MessagingPort {
  readonly topics: {
    /** Subscribes a queue, which then gets the topic's messages in SNS's JSON envelope. */
    subscribeQueue(
      topicArn: string,
      queueArn: string,
      attributes: Attributes,
    ): Promise<{ readonly subscriptionArn: string }>;
    setSubscriptionAttributes(subscriptionArn: string, attributes: Attributes): Promise<void>;
    unsubscribe(subscriptionArn: string): Promise<void>;
  };
  /** The queues that stand for functions as the endpoints of subscriptions. */
  readonly relays: {
    create(functionArn: string): Promise<{ readonly arn: string }>;
    delete(arn: string): Promise<void>;
  };
  readonly queues: {
    /** Waits for one message; undefined once `signal` aborts or messaging has stopped. */
    receive(queueArn: string, signal: AbortSignal): Promise<QueuedMessage | undefined>;
    /** Acknowledges a message; one that never is comes again. */
    deleteMessage(queueArn: string, receiptHandle: string): Promise<void>;
    send(queueArn: string, body: string): Promise<unknown>;
  };
}

/** A message in flight. */
interface QueuedMessage {
  readonly body: string;
  readonly receiptHandle: string;
}
