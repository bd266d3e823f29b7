/** The table of settings: what every stage has, and where stages differ from it. */
import type { StageSettings } from "./schema.ts";

/** A developer stage: made and removed freely, with every layer there but forgiving. */
export const developer: StageSettings = {
  region: "us-east-1",
  removal: "remove",
  protect: false,
  deletionProtection: false,
  adminCreatesUsers: false,
  mfa: "optional",
  // A sign-in ends on the user's own machine until a stage names its web application.
  callbackUrls: ["http://localhost:3000/callback"],
  apiKeys: false,
  throttle: { rateLimit: 50, burstLimit: 100 },
  concurrency: { externalLambda: 5, internalLambda: 2 },
  firewall: {
    mode: "count",
    countedNetworks: [],
    allowedNetworks: [],
    requestsPerAddress: 2_000,
  },
  logRetention: "1 week",
  secretRecoveryDays: 0,
  keyDeletionDays: 7,
};

/** What stages of these names have instead. */
export const stages: Readonly<Record<string, Partial<StageSettings>>> = {
  prod: {
    removal: "retain",
    protect: true,
    deletionProtection: true,
    adminCreatesUsers: true,
    mfa: "required",
    // Enough for the bursts of both methods at once: the throttle answers what exceeds them with
    // 429, before Lambda runs out of environments, which would be a 500.
    concurrency: { externalLambda: 200, internalLambda: 10 },
    firewall: { ...developer.firewall, mode: "block" },
    logRetention: "1 year",
    secretRecoveryDays: 30,
    keyDeletionDays: 30,
  },
  local: {
    // The local cloud has no one-time passwords.
    mfa: "off",
    concurrency: { externalLambda: 200, internalLambda: 10 },
    firewall: { ...developer.firewall, countedNetworks: ["127.0.0.1/32"] },
  },
};
