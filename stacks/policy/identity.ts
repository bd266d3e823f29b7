/** Rules about user pools and their clients. */
import * as z from "zod";
import { ruleFor, unless } from "./graph.ts";

const poolsRequireStrongPasswords = ruleFor(
  "pools-require-strong-passwords",
  "aws:cognito/userPool:UserPool",
  z.object({ passwordPolicy: z.object({ minimumLength: z.number() }).optional() }),
  ({ passwordPolicy }) =>
    unless(
      (passwordPolicy?.minimumLength ?? 8) >= 14,
      "must require passwords of at least 14 characters",
    ),
);

const hours = z.object({ idToken: z.literal("hours"), accessToken: z.literal("hours") });

const clientsAreHardened = ruleFor(
  "clients-are-hardened",
  "aws:cognito/userPoolClient:UserPoolClient",
  z.object({
    preventUserExistenceErrors: z.string().optional(),
    enableTokenRevocation: z.boolean().optional(),
    allowedOauthFlows: z.array(z.string()).default([]),
    idTokenValidity: z.number().optional(),
    accessTokenValidity: z.number().optional(),
    tokenValidityUnits: z.unknown(),
  }),
  (client) => [
    ...unless(
      client.preventUserExistenceErrors === "ENABLED",
      "must not reveal whether a user exists",
    ),
    ...unless(client.enableTokenRevocation === true, "must enable token revocation"),
    ...unless(
      client.allowedOauthFlows.every((flow) => flow === "code"),
      "must allow only the authorization code grant: other flows put tokens into URLs",
    ),
    ...unless(
      client.idTokenValidity === 1 &&
        client.accessTokenValidity === 1 &&
        hours.safeParse(client.tokenValidityUnits).success,
      "must issue tokens that expire after one hour",
    ),
  ],
);

/** Every rule about user pools. */
export const identityRules = [poolsRequireStrongPasswords, clientsAreHardened];
