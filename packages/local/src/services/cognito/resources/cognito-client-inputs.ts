/** What the local cloud takes of an app client's inputs. */
import * as z from "zod";
import { limitationsOf, type Limitation } from "../../../provider/limitations.ts";
import { oauthFlow } from "../oauth-settings.ts";
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
  allowedOauthFlowsUserPoolClient: z.boolean().optional(),
  allowedOauthFlows: z.array(oauthFlow).optional(),
  allowedOauthScopes: z.array(z.string()).optional(),
  callbackUrls: z.array(z.string()).optional(),
  logoutUrls: z.array(z.string()).optional(),
  readAttributes: z.array(z.string()).optional(),
  writeAttributes: z.array(z.string()).optional(),
  refreshTokenRotation: z
    .strictObject({
      feature: z.enum(["ENABLED", "DISABLED"]),
      retryGracePeriodSeconds: z.int().min(0).max(60).optional(),
    })
    .optional(),
});

/** What AWS would enforce of an app client beyond that. */
export function clientLimitations(inputs: z.infer<typeof clientInputs>): Limitation[] {
  const flows = inputs.allowedOauthFlows ?? [];
  return limitationsOf(
    [
      flows.includes("implicit"),
      { service: "Cognito", text: "app clients get no tokens by the implicit grant" },
    ],
    [
      flows.includes("client_credentials"),
      { service: "Cognito", text: "app clients get no tokens by the client credentials grant" },
    ],
  );
}
