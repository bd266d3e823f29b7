/** Publishes through Amazon SNS. */
import { NotFoundException, PublishCommand } from "@aws-sdk/client-sns";
import type { SNSClient } from "@aws-sdk/client-sns";
import { PublishFailedError, TopicGoneError } from "../domain/errors.ts";
import type { MessagePublisher } from "../ports/outbound/message-publisher.ts";

/** Creates a publisher: the name is the message, the correlation id an attribute. */
export function createSnsMessagePublisher(client: SNSClient): MessagePublisher {
  return {
    async publish(topicArn, { name, correlationId }) {
      const command = new PublishCommand({
        TopicArn: topicArn,
        Message: name,
        MessageAttributes: {
          correlationId: { DataType: "String", StringValue: correlationId },
        },
      });
      const { MessageId: messageId } = await client.send(command).catch(throwAsDomainError);
      if (messageId === undefined) {
        throw new PublishFailedError("SNS returned no message id.");
      }
      return { messageId };
    },
  };
}

function throwAsDomainError(cause: unknown): never {
  if (cause instanceof NotFoundException) {
    throw new TopicGoneError("SNS has no such topic.", { cause });
  }
  throw new PublishFailedError("SNS did not accept the message.", { cause });
}
