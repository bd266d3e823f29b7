/** The outbound port through which a name leaves for the internal side. */
import type { Name } from "../../domain/name.ts";
import type { TopicArn } from "../../domain/topic.ts";

/** What is published: the name, and the id that the consumer logs with it. */
export interface OutgoingMessage {
  readonly name: Name;
  readonly correlationId: string;
}

/** Publishes names to a topic. */
export interface MessagePublisher {
  /**
   * Publishes one name and answers with the id that the topic gave it.
   * @throws {TopicGoneError} when there is no such topic.
   * @throws {PublishFailedError} when publishing failed in any other way.
   */
  publish(topicArn: TopicArn, message: OutgoingMessage): Promise<{ messageId: string }>;
}
