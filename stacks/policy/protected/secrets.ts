/** Rules about the secrets of protected stages. */
import * as z from "zod";
import { ruleFor, unless } from "../graph.ts";

const deletedSecretsCanBeRestored = ruleFor(
  "deleted-secrets-can-be-restored",
  "aws:secretsmanager/secret:Secret",
  z.object({ recoveryWindowInDays: z.number().default(30) }),
  ({ recoveryWindowInDays: days }) =>
    unless(days > 0, "must be restorable after its deletion: set secretRecoveryDays"),
);

/** Every rule about the secrets of protected stages. */
export const protectedSecretRules = [deletedSecretsCanBeRestored];
