/** Clients of a local cloud's AWS endpoint. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

/** Clients of one endpoint. */
export interface AwsClients {
  readonly cognito: CognitoIdentityProviderClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  publish(topicArn: string, message: string): Promise<void>;
  /** Takes the messages out of a queue that are there within `seconds`, or as soon as there is one. */
  take(queueUrl: string, seconds: number): Promise<string[]>;
  close(): void;
}

/**
 * Clients of the endpoint at `http://127.0.0.1:PORT`: an operator's, or a function's where `caller`
 * is the name of one, which the endpoint knows by its access key.
 */
export function openAws(endpoint: string, caller = "operator"): AwsClients {
  const options = clientConfig(endpoint, caller);
  const cognito = new CognitoIdentityProviderClient(options);
  const sns = new SNSClient(options);
  const sqs = new SQSClient(options);
  return {
    cognito,
    sns,
    sqs,
    async publish(TopicArn, Message) {
      await sns.send(new PublishCommand({ TopicArn, Message }));
    },
    async take(QueueUrl, WaitTimeSeconds) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds, MaxNumberOfMessages: 10 }),
      );
      for (const { ReceiptHandle } of Messages) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      return Messages.map(({ Body }) => Body ?? "");
    },
    close() {
      for (const client of [cognito, sns, sqs]) client.destroy();
    },
  };
}
