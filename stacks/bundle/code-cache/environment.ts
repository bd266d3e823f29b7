/** An environment in which ExternalLambda starts, and which leads nowhere. */
import { generateKeyPairSync } from "node:crypto";
import { routes } from "@secure-lambda/functions/contract";

/** Makes it, as the text of an `--env-file`. */
export function inventEnvironment(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const key = { ...publicKey.export({ format: "jwk" }), kid: "invented", alg: "RS256", use: "sig" };
  const auth = { userPoolId: "us-east-1_invented", clientId: "invented", jwks: { keys: [key] } };
  const environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "invented",
    AWS_SECRET_ACCESS_KEY: "invented",
    TOPIC_SECRET_ID: "invented",
    ROUTE_AUTH: JSON.stringify(Object.fromEntries(routes.map(({ path }) => [path, auth]))),
  };
  return Object.entries(environment)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
}
