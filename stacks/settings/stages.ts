/** The table of settings: a developer stage's, and the overrides of named stages. */
import type { StageSettings } from "./schema.ts";

/** A developer stage: quick to create and remove, with every security layer in its lenient form. */
export const developer: StageSettings = {
  region: "us-east-1",
  removal: "remove",
  protect: false,
  deletionProtection: false,
  adminCreatesUsers: false,
  mfa: "optional",
  // A sign-in redirects to the user's own machine until the stage names its web application.
  callbackUrls: ["http://localhost:3000/callback"],
  apiKeys: false,
  // Few at a time, to leave an account's concurrency to others.
  throttle: { rateLimit: 50, burstLimit: 5 },
  concurrency: { perRoute: 5, internalLambda: 2 },
  firewall: {
    mode: "count",
    countedNetworks: [],
    allowedNetworks: [],
    requestsPerAddress: 2_000,
  },
  coldStart: false,
  logRetention: "1 week",
  secretRecoveryDays: 0,
  keyDeletionDays: 7,
};

/** Overrides by the name of the stage. */
export const stages: Readonly<Record<string, Partial<StageSettings>>> = {
  prod: {
    removal: "retain",
    protect: true,
    deletionProtection: true,
    adminCreatesUsers: true,
    mfa: "required",
    throttle: { rateLimit: 50, burstLimit: 100 },
    concurrency: { perRoute: 100, internalLambda: 10 },
    firewall: { ...developer.firewall, mode: "block" },
    coldStart: true,
    logRetention: "1 year",
    secretRecoveryDays: 30,
    keyDeletionDays: 30,
  },
  local: {
    // So that the first try needs no authenticator.
    mfa: "off",
    // The page of `npm run web`.
    callbackUrls: ["http://localhost:8080/"],
    corsOrigin: "http://localhost:8080",
    throttle: { rateLimit: 50, burstLimit: 100 },
    concurrency: { perRoute: 100, internalLambda: 10 },
    coldStart: true,
    firewall: { ...developer.firewall, countedNetworks: ["127.0.0.1/32"] },
  },
};
