/** The rules of protected stages: beside those of every stage, or stricter than these. */
import type { StageSettings } from "../../settings/schema.ts";
import { protectedEncryptionRules } from "./encryption.ts";
import { protectedFirewallRules } from "./firewall.ts";
import { protectedFunctionRules } from "./functions.ts";
import { protectedIdentityRules } from "./identity.ts";
import { alarmsNotify, protectedMonitoringRules } from "./monitoring.ts";

/** What the rules ask of a stage's settings: the graph does not say it. */
export type StagePurpose = Pick<StageSettings, "protect" | "alarmEmail">;

const protectedRules = [
  ...protectedEncryptionRules,
  ...protectedFirewallRules,
  ...protectedFunctionRules,
  ...protectedIdentityRules,
  ...protectedMonitoringRules,
];

/** The rules that a stage has to keep because it is protected. */
export function protectedRulesFor({ protect, alarmEmail }: StagePurpose) {
  if (!protect) return [];
  return alarmEmail === "none" ? protectedRules : [...protectedRules, alarmsNotify];
}
