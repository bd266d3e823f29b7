/** What the local cloud takes of an app client's inputs. */
import * as z from "zod";
import { authFlow } from "../settings.ts";

const unit = z.enum(["seconds", "minutes", "hours", "days"]);

/** The inputs of an app client that have an effect here, or would have one on AWS. */
export const clientInputs = z.strictObject({
  name: z.string().optional(),
  userPoolId: z.string(),
  explicitAuthFlows: z.array(authFlow).optional(),
  generateSecret: z.boolean().optional(),
  preventUserExistenceErrors: z.enum(["ENABLED", "LEGACY"]).optional(),
  enableTokenRevocation: z.boolean().optional(),
  authSessionValidity: z.int().optional(),
  accessTokenValidity: z.int().optional(),
  idTokenValidity: z.int().optional(),
  refreshTokenValidity: z.int().optional(),
  tokenValidityUnits: z
    .strictObject({
      accessToken: unit.optional(),
      idToken: unit.optional(),
      refreshToken: unit.optional(),
    })
    .optional(),
  readAttributes: z.array(z.string()).optional(),
  writeAttributes: z.array(z.string()).optional(),
  refreshTokenRotation: z
    .strictObject({
      feature: z.enum(["ENABLED", "DISABLED"]),
      retryGracePeriodSeconds: z.int().min(0).max(60).optional(),
    })
    .optional(),
});
