/** A publisher whose topics are in memory. */
import { TopicGoneError } from "@secure-lambda/core";
import type { MessagePublisher, OutgoingMessage, TopicArn } from "@secure-lambda/core";

/** One message that a topic took. */
export interface PublishedMessage extends OutgoingMessage {
  readonly topicArn: TopicArn;
  readonly messageId: string;
}

/** A publisher, and what was published through it. */
export interface InMemoryPublisher extends MessagePublisher {
  readonly published: readonly PublishedMessage[];
  /** The topics that were tried, in order, whether they took the message or not. */
  readonly tried: readonly TopicArn[];
  /** Makes every later call throw `error`. */
  readonly breakWith: (error: Error) => void;
}

/** Makes a publisher that knows only `topics`; any other topic is gone. */
export function createInMemoryPublisher(topics: readonly TopicArn[]): InMemoryPublisher {
  const published: PublishedMessage[] = [];
  const tried: TopicArn[] = [];
  let failure: Error | undefined;
  return {
    published,
    tried,
    breakWith: (error) => {
      failure = error;
    },
    async publish(topicArn, message) {
      tried.push(topicArn);
      if (failure !== undefined) throw failure;
      if (!topics.includes(topicArn)) throw new TopicGoneError("There is no such topic.");
      const messageId = `message-${published.length + 1}`;
      published.push({ topicArn, messageId, ...message });
      return { messageId };
    },
  };
}
