/** What every peer does behind its router: the same checks and calls as ours, plainly written. */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  greetRequest,
  type RouteRow,
  type UserPool,
  userPools,
} from "@secure-lambda/functions/contract";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import * as z from "zod";

/** What a peer's router turns into its own kind of answer. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}

const SECRET_TTL_MS = 300_000;

const jwkSchema = z.object({
  kid: z.string(),
  kty: z.literal("RSA"),
  alg: z.literal("RS256"),
  use: z.literal("sig"),
  n: z.string(),
  e: z.string(),
});
const authSchema = z.object({
  userPoolId: z.string(),
  clientId: z.string(),
  jwks: z.object({ keys: z.array(jwkSchema) }),
});
const environment = z
  .object({ TOPIC_SECRET_ID: z.string(), USER_POOLS: z.string() })
  .parse(process.env);
const pools = z.record(z.string(), authSchema).parse(JSON.parse(environment.USER_POOLS));
const secretSchema = z.object({ TOPIC_ARN: z.string() });

const sns = new SNSClient({ maxAttempts: 2 });
const secrets = new SecretsManagerClient({ maxAttempts: 2 });
const verifiers = new Map(userPools.map((number) => [number, createVerifier(number)]));

function createVerifier(number: UserPool) {
  const { userPoolId, clientId, jwks } = authSchema.parse(pools[number]);
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "id" });
  verifier.cacheJwks(jwks);
  return verifier;
}

let kept: { topicArn: string; until: number } | undefined;

async function readTopic(): Promise<string> {
  if (kept !== undefined && Date.now() < kept.until) return kept.topicArn;
  const command = new GetSecretValueCommand({ SecretId: environment.TOPIC_SECRET_ID });
  const { SecretString = "" } = await secrets.send(command);
  const { TOPIC_ARN: topicArn } = secretSchema.parse(JSON.parse(SecretString));
  kept = { topicArn, until: Date.now() + SECRET_TTL_MS };
  return topicArn;
}

/** Answers one request whose body the router has parsed from JSON. */
export async function greet(
  { path, name: greetsAs, userPool }: RouteRow,
  authorization: string | undefined,
  requestId: string,
  body: unknown,
): Promise<Reply> {
  const token = authorization?.replace(/^bearer +/i, "") ?? "";
  const claims = await verifiers
    .get(userPool)
    ?.verify(token)
    .catch(() => undefined);
  if (claims === undefined) return log(path, { status: 401, body: { title: "Unauthorized" } });
  const request = greetRequest.schema.safeParse(body);
  if (!request.success) return log(path, { status: 400, body: { title: "Bad Request" } });
  const { name } = request.data;
  const { MessageId: messageId } = await sns.send(
    new PublishCommand({
      TopicArn: await readTopic(),
      Message: name,
      MessageAttributes: { correlationId: { DataType: "String", StringValue: requestId } },
    }),
  );
  const message = `Hello ${name}. Greetings from ${greetsAs}! Message forwarded to InternalLambda.`;
  return log(path, { status: 200, body: { message, messageId } }, claims.sub);
}

function log(route: RouteRow["path"], reply: Reply, subject?: string): Reply {
  console.info({ message: `POST ${route} ${reply.status}`, route, status: reply.status, subject });
  return reply;
}

/** Headers that every answer carries. */
export const securityHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
