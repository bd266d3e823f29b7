/** Loads the topic's ARN from AWS Secrets Manager. */
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type {
  GetSecretValueCommandOutput,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { SecretUnavailableError } from "../domain/errors.ts";
import { topicSecretSchema } from "../domain/topic.ts";
import type { TopicArn } from "../domain/topic.ts";
import type { SecretLoader } from "../ports/outbound/secret-loader.ts";

/**
 * Creates a loader of the topic's ARN from the secret `secretId` (a name or an ARN). It caches
 * nothing: each call reads the secret.
 *
 * It throws `SecretUnavailableError`. It has a `cause` only when the service failed: the errors of
 * decoders and parsers quote the secret's content, so they are dropped.
 */
export function createSecretsManagerSecretLoader(
  client: SecretsManagerClient,
  secretId: string,
): SecretLoader<TopicArn> {
  async function read(): Promise<TopicArn> {
    const command = new GetSecretValueCommand({ SecretId: secretId });
    const output = await client.send(command).catch((cause: unknown): never => {
      throw new SecretUnavailableError("Secrets Manager did not return the secret.", { cause });
    });
    const secret = topicSecretSchema.safeParse(parseJson(textOf(output)));
    if (!secret.success) {
      throw new SecretUnavailableError("The secret must hold a topic's ARN under TOPIC_ARN.");
    }
    return secret.data.TOPIC_ARN;
  }
  return { load: read, refresh: read };
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
