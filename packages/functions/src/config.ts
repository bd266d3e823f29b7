/** The external function's configuration, parsed once from its environment. */
import * as z from "zod/mini";
import { userPools } from "./contract/index.ts";

/** A public key of a user pool, as Cognito publishes it: RSA, for RS256 signatures. */
const jwkSchema = z.object({
  kid: z.string().check(z.minLength(1)),
  kty: z.literal("RSA"),
  alg: z.literal("RS256"),
  use: z.literal("sig"),
  n: z.string().check(z.minLength(1)),
  e: z.string().check(z.minLength(1)),
});

const poolSchema = z.strictObject({
  userPoolId: z.string().check(z.regex(/^(?:eusc-)?[a-z]{2}-(?:gov-)?[a-z]+-\d_[A-Za-z0-9]+$/)),
  clientId: z.string().check(z.regex(/^\w+$/)),
  jwks: z.object({ keys: z.array(jwkSchema).check(z.minLength(1)) }),
});

/** Whose tokens are accepted: one user pool's, of one of its clients; the pool's public keys. */
export type UserPoolAuth = z.infer<typeof poolSchema>;

const poolsSchema = z.record(z.enum(userPools.map((number) => `${number}` as const)), poolSchema);
export type UserPools = Readonly<z.infer<typeof poolsSchema>>;

/** The environment lacks something or holds something wrong. The message names variables, no value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Without TLS only this machine's, for stage `local`. */
const webOrigin =
  /^(?:https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|http:\/\/localhost)(?::\d{1,5})?$/;

const variables = z.object({
  TOPIC_SECRET_ID: z.string().check(z.regex(/\S/)),
  USER_POOLS: z.pipe(z.transform(parseJson), poolsSchema),
  SECRET_TTL_SECONDS: z.pipe(
    z.pipe(z.prefault(z.string().check(z.regex(/^\d+$/)), "300"), z.transform(Number)),
    z.number().check(z.minimum(1), z.maximum(86_400)),
  ),
  CORS_ORIGIN: z.optional(z.string().check(z.regex(webOrigin))),
});

/** The external function's configuration; by default, no web origin may read responses. */
export type Config = Readonly<ReturnType<typeof loadConfig>>;

const rightValues: Record<keyof z.infer<typeof variables>, string> = {
  TOPIC_SECRET_ID: "must be the name or the ARN of the secret that holds TOPIC_ARN",
  USER_POOLS: `must be JSON with exactly the keys ${userPools.join(" and ")}, each holding a userPoolId, a clientId and the user pool's jwks`,
  SECRET_TTL_SECONDS: "must be a whole number of seconds from 1 to 86400, or not be set",
  CORS_ORIGIN:
    "must be one exact https origin, such as https://app.example.com, or in stage local http://localhost:PORT, or not be set",
};

/**
 * Parses the external function's environment.
 * @throws {ConfigError} with one sentence for each variable that is missing or wrong.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>) {
  const parsed = variables.safeParse(env);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path: [variable] }) => variable));
    const sentences = Object.entries(rightValues)
      .filter(([variable]) => wrong.has(variable))
      .map(([variable, rightValue]) => `${variable} ${rightValue}.`);
    throw new ConfigError(sentences.join(" "));
  }
  return {
    topicSecretId: parsed.data.TOPIC_SECRET_ID,
    secretTtlSeconds: parsed.data.SECRET_TTL_SECONDS,
    userPools: parsed.data.USER_POOLS,
    corsOrigin: parsed.data.CORS_ORIGIN,
  };
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
