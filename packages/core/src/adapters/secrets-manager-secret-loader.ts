/** Reads the topic's address from AWS Secrets Manager. */
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type {
  GetSecretValueCommandOutput,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { SecretUnavailableError } from "../domain/errors.ts";
import { topicSecretSchema } from "../domain/topic.ts";
import type { TopicArn } from "../domain/topic.ts";

/**
 * Makes a function that reads the secret `secretId` (a name or an ARN) through a ready client.
 *
 * The function throws `SecretUnavailableError`. It has a `cause` only when the service failed: the
 * errors of decoders and parsers quote the secret's content, so they are dropped.
 */
export function makeTopicReader(
  client: SecretsManagerClient,
  secretId: string,
): () => Promise<TopicArn> {
  return async () => {
    const command = new GetSecretValueCommand({ SecretId: secretId });
    const answer = await client.send(command).catch((cause: unknown): never => {
      throw new SecretUnavailableError("Secrets Manager did not give the secret out.", { cause });
    });
    const secret = topicSecretSchema.safeParse(parseJson(textOf(answer)));
    if (!secret.success) {
      throw new SecretUnavailableError("The secret must hold a topic's ARN under TOPIC_ARN.");
    }
    return secret.data.TOPIC_ARN;
  };
}

function textOf({ SecretString, SecretBinary }: GetSecretValueCommandOutput): string {
  if (SecretString !== undefined) return SecretString;
  if (SecretBinary === undefined) throw new SecretUnavailableError("The secret has no value.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(SecretBinary);
  } catch {
    throw new SecretUnavailableError("The secret's binary value must be UTF-8 text.");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SecretUnavailableError("The secret must be JSON.");
  }
}
