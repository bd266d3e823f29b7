/** The rules for every stage, whatever its settings: a graph that breaks one is not deployed. */
import { accessRules } from "./access.ts";
import { responseRules } from "./responses.ts";
import { deliveryRules } from "./delivery.ts";
import { encryptionRules } from "./encryption.ts";
import { firewallLogRules } from "./firewall-logs.ts";
import { firewallRules } from "./firewall.ts";
import { functionRules } from "./functions.ts";
import { grantRules } from "./grants.ts";
import type { Finding, Graph, Rule } from "./graph.ts";
import { identityRules } from "./identity.ts";
import { limitRules } from "./limits/index.ts";
import { logRules } from "./logs.ts";
import { principalRules } from "./principals.ts";
import { serviceRules } from "./services.ts";
import { findUnchecked, type Unchecked } from "./unchecked.ts";

export type { Graph, GraphResource } from "./graph.ts";
export type { Unchecked } from "./unchecked.ts";

/** A resource that breaks a rule. */
export interface Violation extends Finding {
  readonly rule: string;
}

const rules: readonly Rule[] = [
  ...accessRules,
  ...responseRules,
  ...grantRules,
  ...serviceRules,
  ...principalRules,
  ...identityRules,
  ...firewallRules,
  ...firewallLogRules,
  ...functionRules,
  ...encryptionRules,
  ...deliveryRules,
  ...logRules,
  ...limitRules,
];

/** The names of all rules. */
export const ruleNames: readonly string[] = [...new Set(rules.map(({ name }) => name))];

/** What of a graph no rule checks, or not every one that could be; pure. */
export const uncheckedIn = (graph: Graph): Unchecked[] => findUnchecked(graph, rules);

/** Checks a graph against every rule; pure. */
export const checkGraph = (graph: Graph): Violation[] =>
  rules.flatMap(({ name, check }) => check(graph).map((finding) => ({ rule: name, ...finding })));
