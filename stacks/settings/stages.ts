/** The table of settings: a developer stage's, and the overrides of named stages. */
import { managedGroups, type StageSettings } from "./schema.ts";

/** A developer stage: quick to create and remove, with every security layer in its lenient form. */
export const developer: StageSettings = {
  region: "us-east-1",
  removal: "remove",
  protect: false,
  deletionProtection: false,
  adminCreatesUsers: false,
  mfa: "optional",
  passwordFlows: true,
  userPoolPlan: "essentials",
  callbackUrls: [],
  apiKeys: false,
  // Few at a time: the account's concurrency is shared, and in a new account it is 10.
  throttle: { rateLimit: 50, burstLimit: 5 },
  customerKeys: false,
  firewall: {
    mode: "count",
    managedGroups: ["AWSManagedRulesKnownBadInputsRuleSet"],
    countedNetworks: [],
    allowedNetworks: [],
    requestsPerAddress: 2_000,
  },
  coldStart: false,
  logRetention: "1 week",
  monitoring: { alarms: false, dashboard: false, methodMetrics: false },
  secretRecoveryDays: 0,
  keyDeletionDays: 7,
};

/** What `prod` has, and `local` too, where it can be tried without AWS. */
const complete = {
  throttle: { rateLimit: 50, burstLimit: 100 },
  concurrency: { perRoute: 100, internalLambda: 10 },
  customerKeys: true,
  firewall: {
    ...developer.firewall,
    managedGroups,
    signInsPerAddress: 300,
    requestsPerToken: 600,
  },
  monitoring: { alarms: true, dashboard: true, methodMetrics: true },
} satisfies Partial<StageSettings>;

/** Overrides by the name of the stage. */
export const stages: Readonly<Record<string, Partial<StageSettings>>> = {
  prod: {
    ...complete,
    removal: "retain",
    protect: true,
    deletionProtection: true,
    adminCreatesUsers: true,
    mfa: "required",
    passwordFlows: false,
    firewall: { ...complete.firewall, mode: "block" },
    coldStart: true,
    logRetention: "1 year",
    // Alarms show in CloudWatch only, until this is the address of the engineers on call.
    alarmEmail: "none",
    secretRecoveryDays: 30,
    keyDeletionDays: 30,
  },
  local: {
    ...complete,
    // So that the first try needs no authenticator.
    mfa: "off",
    // The page of `npm run web`.
    callbackUrls: ["http://localhost:8080/"],
    corsOrigin: "http://localhost:8080",
    coldStart: true,
    firewall: { ...complete.firewall, countedNetworks: ["127.0.0.1/32"] },
  },
};
