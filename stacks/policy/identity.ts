/** Rules about user pools and their clients. */
import * as z from "zod";
import { type Rule, ruleFor, unless } from "./graph.ts";

const poolsWantStrongPasswords = ruleFor(
  "pools-want-strong-passwords",
  "aws:cognito/userPool:UserPool",
  z.object({ passwordPolicy: z.object({ minimumLength: z.number() }).optional() }),
  ({ passwordPolicy }) =>
    unless((passwordPolicy?.minimumLength ?? 8) >= 12, "must want 12 characters at least"),
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
      "must not tell whether a user exists",
    ),
    ...unless(client.enableTokenRevocation === true, "must let tokens be revoked"),
    ...unless(
      client.allowedOauthFlows.every((flow) => flow === "code"),
      "must hand out codes alone: other flows put tokens into addresses",
    ),
    ...unless(
      client.idTokenValidity === 1 &&
        client.accessTokenValidity === 1 &&
        hours.safeParse(client.tokenValidityUnits).success,
      "must give tokens one hour",
    ),
  ],
);

/** Every rule about who may sign in and how. */
export const identityRules: readonly Rule[] = [poolsWantStrongPasswords, clientsAreHardened];
