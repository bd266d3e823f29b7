/** Rules about the user pools of protected stages. */
import * as z from "zod";
import { ruleFor, unless } from "../graph.ts";

const USER_POOL = "aws:cognito/userPool:UserPool";

const poolsRequireMfa = ruleFor(
  "pools-require-mfa",
  USER_POOL,
  z.object({ mfaConfiguration: z.string().optional() }),
  ({ mfaConfiguration }) => unless(mfaConfiguration === "ON", "must require a second factor"),
);

const poolsAreKept = ruleFor(
  "pools-are-protected-from-deletion",
  USER_POOL,
  z.object({ deletionProtection: z.string().optional() }),
  ({ deletionProtection }) =>
    unless(deletionProtection === "ACTIVE", "must be protected from deletion"),
);

const administratorsCreateUsers = ruleFor(
  "administrators-create-users",
  USER_POOL,
  z.object({
    adminCreateUserConfig: z.object({ allowAdminCreateUserOnly: z.boolean() }).partial().optional(),
  }),
  ({ adminCreateUserConfig }) =>
    unless(
      adminCreateUserConfig?.allowAdminCreateUserOnly === true,
      "must let only administrators create users",
    ),
);

/** Every rule about the user pools of protected stages. */
export const protectedIdentityRules = [poolsRequireMfa, poolsAreKept, administratorsCreateUsers];
