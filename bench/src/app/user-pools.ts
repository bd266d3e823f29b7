/** User pools whose keys the harness has, in place of those in the deployed function's environment. */
import { generateKeyPairSync, sign } from "node:crypto";
import * as z from "zod";

/** The variable ROUTE_AUTH with the new keys, and tokens that they have signed. */
export interface SignedIn {
  readonly routeAuth: string;
  /** ID tokens of as many users of /lambda1, each another. */
  readonly tokens: readonly string[];
}

const poolSchema = z.object({ userPoolId: z.string(), clientId: z.string(), jwks: z.unknown() });
const routeAuthSchema = z.strictObject({ "/lambda1": poolSchema, "/lambda2": poolSchema });
const jwkSchema = z.object({ n: z.string(), e: z.string() });

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Replaces the pools' keys, and signs in `users` users. */
export function signInUsers(routeAuthVariable: string, users: number): SignedIn {
  const pools = routeAuthSchema.parse(JSON.parse(routeAuthVariable));
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const { n, e } = jwkSchema.parse(publicKey.export({ format: "jwk" }));
  const header = { kid: "bench", alg: "RS256" };
  const keys = [{ ...header, kty: "RSA", use: "sig", n, e }];
  const { userPoolId, clientId } = pools["/lambda1"];
  const now = Math.floor(Date.now() / 1_000);

  const tokenOf = (user: number): string => {
    const subject = `00000000-0000-4000-9000-${String(user).padStart(12, "0")}`;
    const input = `${encode(header)}.${encode({
      sub: subject,
      email_verified: true,
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`,
      "cognito:username": subject,
      origin_jti: subject,
      aud: clientId,
      event_id: subject,
      token_use: "id",
      auth_time: now,
      exp: now + 3_600,
      iat: now,
      jti: subject,
      email: `user${user}@example.com`,
    })}`;
    return `${input}.${sign("sha256", Buffer.from(input), privateKey).toString("base64url")}`;
  };
  return {
    routeAuth: JSON.stringify({
      "/lambda1": { ...pools["/lambda1"], jwks: { keys } },
      "/lambda2": { ...pools["/lambda2"], jwks: { keys } },
    }),
    tokens: Array.from({ length: users }, (_, user) => tokenOf(user)),
  };
}
