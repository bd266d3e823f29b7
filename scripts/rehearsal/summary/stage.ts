/** What a stage is set to, in words: stages differ in nothing else. */
import * as z from "zod";
import { hasAddress } from "../../../stacks/settings/schema.ts";
import { settingsFor, type StageSettings } from "../../../stacks/settings/settings.ts";
import { developer } from "../../../stacks/settings/stages.ts";
import type { GraphView } from "../graph-view.ts";
import type { Section } from "./section.ts";

type Say = (settings: StageSettings) => readonly [what: string, value: string];

/** Of each setting; one that is missing here does not compile. No value is an address of a person. */
const settingsInWords: Readonly<Record<keyof StageSettings, Say>> = {
  region: ({ region }) => ["Region", region],
  owner: ({ owner }) => ["Owner (tag)", owner ?? "none"],
  mfa: ({ mfa }) => ["One-time password (MFA)", mfa],
  passwordFlows: ({ passwordFlows }) => [
    "Sign-in by password",
    passwordFlows ? "sent to Cognito, or proved by SRP" : "proved by SRP only, never sent",
  ],
  userPoolPlan: ({ userPoolPlan: plan }) => [
    "Cognito's plan",
    plan === "plus" ? "Plus, with threat protection" : "Essentials, without threat protection",
  ],
  mailFrom: ({ mailFrom }) => [
    "Mail to users comes from",
    mailFrom === undefined
      ? "Cognito, with its limit of mails a day"
      : `SES, in ${mailFrom.region ?? "the stage's Region"}`,
  ],
  adminCreatesUsers: ({ adminCreatesUsers: admin }) => [
    "Users are created by",
    admin ? "administrators only" : "administrators, and by sign-up",
  ],
  callbackUrls: ({ callbackUrls }) => [
    "Callback URLs (sign-in)",
    callbackUrls.join(", ") || "none: no login pages",
  ],
  corsOrigin: ({ corsOrigin }) => ["Web origin allowed (CORS)", corsOrigin ?? "none"],
  apiKeys: ({ apiKeys }) => ["API key beside the token", apiKeys ? "required" : "not required"],
  throttle: ({ throttle: { rateLimit, burstLimit } }) => [
    "Throttle of each method",
    `${rateLimit} requests/s, burst ${burstLimit}`,
  ],
  concurrency: ({ concurrency }) => [
    "Reserved concurrency",
    concurrency === undefined
      ? "none; shared with the account's other functions"
      : `${concurrency.perRoute} for each route, ${concurrency.internalLambda} for InternalLambda`,
  ],
  customerKeys: ({ customerKeys }) => [
    "Keys of topic, queue, secret, logs",
    customerKeys ? "of this stage, with their own policies" : "of AWS",
  ],
  firewall: ({ firewall }) => ["Firewall", inWords(firewall)],
  coldStart: ({ coldStart }) => [
    "Cold starts",
    coldStart ? "shortened by packages/cold-start" : "of the plain app",
  ],
  logRetention: ({ logRetention }) => ["Logs are kept for", logRetention],
  monitoring: ({ monitoring: { alarms, dashboard, methodMetrics } }) => [
    "Monitoring",
    [
      ...(alarms ? ["alarms"] : []),
      ...(dashboard ? ["a dashboard"] : []),
      ...(methodMetrics ? ["metrics of each method"] : []),
    ].join(", ") || "logs, traces and AWS's own metrics only",
  ],
  alarmEmail: ({ alarmEmail, monitoring }) => ["Alarms notify", notified(alarmEmail, monitoring)],
  protect: ({ protect }) => ["Removal of the stage", protect ? "refused by SST" : "possible"],
  deletionProtection: ({ deletionProtection }) => [
    "Deletion of user pools",
    deletionProtection ? "refused by Cognito" : "possible",
  ],
  removal: ({ removal }) => [
    "Its data, once removed",
    removal === "retain" ? "stays" : "is deleted",
  ],
  secretRecoveryDays: ({ secretRecoveryDays: days }) => [
    "Its secret, once removed",
    days === 0 ? "is deleted at once" : `can be restored for ${days} days`,
  ],
  keyDeletionDays: ({ keyDeletionDays: days }) => [
    "Its keys, once removed",
    `can be restored for ${days} days`,
  ],
};

function notified(address: string | undefined, { alarms }: StageSettings["monitoring"]): string {
  if (!alarms) return "no address: the stage has no alarms";
  if (hasAddress(address)) return "1 e-mail address";
  return "no address: set alarmEmail in stacks/settings/stages.ts";
}

function inWords(firewall: StageSettings["firewall"]): string {
  const { mode, managedGroups, requestsPerAddress, signInsPerAddress, requestsPerToken } = firewall;
  const { allowedNetworks: allowed, countedNetworks: counted } = firewall;
  return [
    { block: "blocks", trial: "only counts, on trial", count: "only counts" }[mode],
    `${managedGroups.length} managed rule ${managedGroups.length === 1 ? "group" : "groups"}`,
    `${requestsPerAddress} requests of an address in 5 minutes`,
    ...(signInsPerAddress === undefined ? [] : [`${signInsPerAddress} of them to user pools`]),
    ...(requestsPerToken === undefined ? [] : [`${requestsPerToken} with a token`]),
    ...(allowed.length === 0 ? [] : [`only ${allowed.join(", ")} may call`]),
    ...(counted.length === 0 ? [] : [`only counts ${counted.join(", ")}`]),
  ].join("; ");
}

const clientSchema = z.object({ logoutUrls: z.array(z.string()).default([]) });

/** A row for each setting, marked where a developer stage has another value. */
export function summarizeStage(stage: string, graph: GraphView): Section {
  const settings = settingsFor(stage);
  const signOutUrls = graph
    .all("aws:cognito/userPoolClient:UserPoolClient")
    .flatMap(({ inputs }) => clientSchema.parse(inputs).logoutUrls);
  const signOut = ["", "Sign-out URLs", [...new Set(signOutUrls)].join(", ") || "none"];
  return {
    title: `Stage ${stage} (*: other than in a developer stage)`,
    rows: Object.entries(settingsInWords).flatMap(([setting, say]) => {
      const [what, value] = say(settings);
      const row = [value === say(developer)[1] ? "" : "*", what, value];
      return setting === "callbackUrls" ? [row, signOut] : [row];
    }),
    none: "No setting.",
  };
}
