/** What Cognito has on its Plus plan only, and how it is set. */
import { AwsError } from "../../aws-protocol/errors.ts";
import type { ResolvedUserPool } from "./settings.ts";

/** When a password is compared with those that others know. */
export type CheckedEvent = "SIGN_IN" | "SIGN_UP" | "PASSWORD_CHANGE";

/** A risk configuration: the events at which such a password is refused. */
export interface RiskSettings {
  readonly blocks: readonly CheckedEvent[];
}

/** The key of a pool's own risk configuration; each other key is a client that has one in its place. */
export const WHOLE_POOL = "";

/** @throws AwsError on another plan (documented: COGNITO-API/SetRiskConfiguration; the text is assumed). */
export function requirePlus({ tier }: ResolvedUserPool): void {
  if (tier === "PLUS") return;
  const message = "Threat protection is a feature of the Plus plan: UserPoolTier PLUS.";
  throw new AwsError("FeatureUnavailableInTierException", message);
}
