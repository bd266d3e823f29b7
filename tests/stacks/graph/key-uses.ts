/** Each way in which the app, and who runs it, use the keys of a stage. */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { DeployableCloud } from "../../../packages/local/test/resources/deployable-cloud.ts";
import { clientConfig } from "../../../packages/local/test/support/client-config.ts";
import { statementsIn, textOutput, type Graph } from "../../support/graph.ts";

/** The uses; each rejects where it is not allowed. */
export type KeyUses = ReturnType<typeof createKeyUses>;

/** What became of a dead letter, as an error. */
class LostError extends Error {
  override readonly name = "lost";
}

/** Creates the uses of what a cloud has of a graph. */
export function createKeyUses(cloud: DeployableCloud, graph: Graph) {
  const arnOf = (type: string, name?: string) => textOutput(graph.one(type, name), "arn");
  const topicArn = arnOf("aws:sns/topic:Topic", "GreetingTopicTopic");
  const externalLambda = textOutput(
    graph.one("aws:lambda/function:Function", "ExternalLambdaFunction"),
    "name",
  );
  const asExternalLambda = {
    ...clientConfig(cloud.url, externalLambda),
    maxAttempts: 1,
  };
  const sns = new SNSClient(asExternalLambda);
  const secretsManager = new SecretsManagerClient(asExternalLambda);

  /** ExternalLambda publishes a name. */
  const publish = () => sns.send(new PublishCommand({ TopicArn: topicArn, Message: "Ada" }));

  /** Whether the record of an event on which it fails is delivered. */
  async function invokeInternalLambda(): Promise<boolean> {
    const arn = arnOf("aws:lambda/function:Function", "InternalLambdaFunction");
    const { promise, resolve } = Promise.withResolvers<boolean>();
    cloud.lambda.invokeAsync(arn, "{}", { onOutcome: ({ delivered }) => resolve(delivered) });
    return promise;
  }

  return {
    publish,

    /** SNS cannot invoke InternalLambda. */
    sendDeadLetterOfTopic: async (): Promise<void> => {
      const before = cloud.deadLetters.length;
      await publish();
      if (cloud.deadLetters.length === before) throw new LostError();
    },

    /** InternalLambda fails on an event, and its record goes to the dead-letter queue. */
    failInternalLambda: async (): Promise<void> => {
      if (!(await invokeInternalLambda())) throw new LostError();
    },

    /** InternalLambda logs that it fails. */
    writeLog: async (): Promise<void> => {
      const group = graph.one("aws:cloudwatch/logGroup:LogGroup", "InternalLambdaLogGroup").id;
      const before = cloud.logs.describe(group).length;
      await invokeInternalLambda();
      if (cloud.logs.describe(group).length === before) throw new LostError();
    },

    /** The operator reads dead letters. */
    readDeadLetters: async (): Promise<void> => {
      const { name } = graph.one("aws:sqs/queue:Queue").inputs;
      const QueueUrl = cloud.queues.names.urlOf(String(name));
      const { Messages = [] } = await cloud.clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) throw new Error("There are no dead letters.");
    },

    /** ExternalLambda reads the secret. */
    readSecret: () => {
      const SecretId = String(graph.one("aws:secretsmanager/secret:Secret").inputs["name"]);
      return secretsManager.send(new GetSecretValueCommand({ SecretId }));
    },

    /** CloudWatch notifies for an alarm. The local cloud has no alarms that go off. */
    notify: async (): Promise<void> => {
      const [, publication] = statementsIn(
        graph.one("aws:sns/topicPolicy:TopicPolicy", "AlarmTopicPolicy").inputs["policy"],
      );
      const [sourceArn] = publication?.Condition?.["ArnEquals"]?.["aws:SourceArn"] ?? [];
      const alarm = { kind: "service", name: "cloudwatch.amazonaws.com", sourceArn } as const;
      const message = { message: "ALARM", attributes: {} };
      cloud.topics.publish(arnOf("aws:sns/topic:Topic", "AlarmTopic"), message, alarm);
    },

    close(): void {
      sns.destroy();
      secretsManager.destroy();
    },
  };
}
