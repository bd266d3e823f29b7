/** The external use case: publish the name to the topic, then greet. */
import { PublishFailedError, TopicGoneError } from "../domain/errors.ts";
import { externalGreeting } from "../domain/greeting.ts";
import type { TopicArn } from "../domain/topic.ts";
import type { ForwardedGreeting, Greeter } from "../ports/inbound/greeter.ts";
import type { MessagePublisher, OutgoingMessage } from "../ports/outbound/message-publisher.ts";
import type { SecretLoader } from "../ports/outbound/secret-loader.ts";

/** What greeting and publishing needs. */
interface GreetAndPublishDeps {
  /** The name in which it greets. */
  readonly greetsAs: string;
  readonly publisher: MessagePublisher;
  readonly topicSecret: SecretLoader<TopicArn>;
}

/**
 * Creates the greeter that publishes the name before it greets. When the topic is gone, the secret is
 * read again once, and only a different topic is tried.
 *
 * `greet` throws `SecretUnavailableError` when the topic is unknown and `PublishFailedError` when
 * the name could not be published.
 */
export function createGreetAndPublish(deps: GreetAndPublishDeps): Greeter<ForwardedGreeting> {
  const { greetsAs, publisher, topicSecret } = deps;

  async function publish(message: OutgoingMessage): Promise<{ messageId: string }> {
    const known = await topicSecret.load();
    try {
      return await publisher.publish(known, message);
    } catch (error) {
      if (!(error instanceof TopicGoneError)) throw error;
      return publishElsewhere(known, message, error);
    }
  }

  async function publishElsewhere(
    gone: TopicArn,
    message: OutgoingMessage,
    cause: TopicGoneError,
  ): Promise<{ messageId: string }> {
    const current = await topicSecret.refresh();
    if (current === gone) {
      throw new PublishFailedError("The topic that the secret names is gone.", { cause });
    }
    try {
      return await publisher.publish(current, message);
    } catch (error) {
      if (!(error instanceof TopicGoneError)) throw error;
      throw new PublishFailedError("Both the last and the current topic are gone.", {
        cause: error,
      });
    }
  }

  return {
    async greet(request) {
      const { messageId } = await publish(request);
      return { message: externalGreeting(greetsAs, request.name), messageId };
    },
  };
}
