/**
 * The guide's handler, re-implemented: it reads the secret on each request and publishes the name.
 * It checks nothing; its integration hands it the request's body as the event.
 */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";

const secrets = new SecretsManagerClient({});
const sns = new SNSClient({});

async function readSecret(secretName: string): Promise<{ TOPIC_ARN: string }> {
  try {
    const { SecretString, SecretBinary } = await secrets.send(
      new GetSecretValueCommand({ SecretId: secretName }),
    );
    return JSON.parse(SecretString ?? Buffer.from(SecretBinary ?? []).toString("utf-8"));
  } catch (error) {
    console.error("Error retrieving secret", error);
    throw error;
  }
}

const reply = (statusCode: number, text: string) => ({ statusCode, body: JSON.stringify(text) });

/** Greets the event's name. */
export async function handler({ name }: { name: string }) {
  console.log(`Request successfully received from ${name}`);
  let topicArn: string;
  try {
    topicArn = (await readSecret("LambdaSNSTopicARN")).TOPIC_ARN;
  } catch (error) {
    console.error("Failed to load SNS Topic ARN from Secrets Manager", error);
    return reply(500, "An error occured, try again later.");
  }
  try {
    const { MessageId } = await sns.send(new PublishCommand({ Message: name, TopicArn: topicArn }));
    console.log("Message published successfully:", MessageId);
    return reply(
      200,
      `Hello ${name}. Greetings from ExternalLambda1! Message forwarded to InternalLambda.`,
    );
  } catch (error) {
    console.error("Failed to publish message:", error);
    return reply(500, `Sorry ${name}.An error occurred while processing your request.`);
  }
}
