/** The port by which delivery uses SNS and SQS; the local cloud's messaging implements it. */

/** Attributes in AWS's spelling, such as `FilterPolicy`. */
type Attributes = Readonly<Record<string, string>>;

/** Topics and queues; a queue is named by its ARN. */
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
  /** The queues that are the endpoints of functions' subscriptions. */
  readonly subscriptionQueues: {
    create(functionArn: string): Promise<{ readonly arn: string }>;
    delete(arn: string): Promise<void>;
  };
  readonly queues: {
    /** Receives one message; undefined once `signal` aborts or messaging has stopped. */
    receive(queueArn: string, signal: AbortSignal): Promise<QueuedMessage | undefined>;
    /** Deletes a message; one that is not deleted is received again. */
    deleteMessage(queueArn: string, receiptHandle: string): Promise<void>;
    send(queueArn: string, body: string): Promise<unknown>;
  };
}

/** A message in flight. */
interface QueuedMessage {
  readonly body: string;
  readonly receiptHandle: string;
}
