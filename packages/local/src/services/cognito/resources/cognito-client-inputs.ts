/** What the local cloud takes of an app client's inputs, and what of them it does not enforce. */
import * as z from "zod";
import { authFlow } from "../settings.ts";
import { limitationsOf, type Limitation } from "../../../provider/limitations.ts";

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
      feature: z.literal("DISABLED", "the local cloud does not rotate refresh tokens"),
      retryGracePeriodSeconds: z.int().optional(),
    })
    .optional(),
});

/** What AWS would enforce of an app client beyond that. */
export function clientLimitations(inputs: z.infer<typeof clientInputs>): Limitation[] {
  return limitationsOf([
    inputs.readAttributes !== undefined || inputs.writeAttributes !== undefined,
    {
      service: "Cognito",
      text: "every app client may read and write every attribute that a user may",
    },
  ]);
}
