/** The rules of protected stages: beside those of every stage, or stricter than these. */
import type { StageSettings } from "../../settings/schema.ts";
import { protectedAlarmRules } from "./alarms.ts";
import { protectedEncryptionRules } from "./encryption.ts";
import { firewallBlocks, protectedFirewallRules } from "./firewall.ts";
import { protectedFunctionRules } from "./functions.ts";
import { protectedIdentityRules } from "./identity.ts";
import { protectedInputRules } from "./inputs.ts";
import { protectedMailRules } from "./mail.ts";
import { alarmsNotify, protectedMonitoringRules } from "./monitoring.ts";
import { protectedPolicyRules } from "./policies.ts";
import { protectedSecretRules } from "./secrets.ts";
import { protectedServiceRules } from "./services.ts";
import { protectedTypeRules } from "./types.ts";

/** What the rules ask of a stage's settings: the graph does not say it. */
export type StagePurpose = Pick<StageSettings, "protect" | "alarmEmail"> & {
  readonly callbackUrls?: StageSettings["callbackUrls"];
  readonly firewall?: Pick<StageSettings["firewall"], "mode">;
};

const protectedRules = [
  ...protectedAlarmRules,
  ...protectedEncryptionRules,
  ...protectedFirewallRules,
  ...protectedFunctionRules,
  ...protectedInputRules,
  ...protectedMonitoringRules,
  ...protectedPolicyRules,
  ...protectedSecretRules,
  ...protectedServiceRules,
  ...protectedTypeRules,
];

/** The rules that a stage has to keep because it is protected. */
export function protectedRulesFor({
  protect,
  alarmEmail,
  callbackUrls = [],
  firewall,
}: StagePurpose) {
  if (!protect) return [];
  return [
    ...protectedRules,
    ...protectedIdentityRules(callbackUrls),
    ...protectedMailRules(callbackUrls),
    ...(firewall?.mode === "trial" ? [] : [firewallBlocks]),
    ...(alarmEmail === "none" ? [] : [alarmsNotify(alarmEmail)]),
  ];
}
