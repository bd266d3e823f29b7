/** The rules for every stage, whatever its settings: a graph that breaks one is not deployed. */
import { accessRules } from "./access.ts";
import { codeRules } from "./code.ts";
import { connectionRules } from "./connections.ts";
import { responseRules } from "./responses.ts";
import { dataFlowRules } from "./data-flows.ts";
import { deliveryRules } from "./delivery.ts";
import { destinationRules } from "./destinations.ts";
import { encryptionRules } from "./encryption.ts";
import { firewallLogRules } from "./firewall-logs.ts";
import { firewallRules } from "./firewall.ts";
import { functionRules } from "./functions.ts";
import { grantRules } from "./grants.ts";
import type { Finding, Graph, Rule } from "./graph.ts";
import { identityRules } from "./identity.ts";
import { keyPolicyRules } from "./key-policies.ts";
import { limitRules } from "./limits/index.ts";
import { logRules } from "./logs.ts";
import { mailRules } from "./mail.ts";
import { principalRules } from "./principals.ts";
import { protectedRulesFor, type StagePurpose } from "./protected/index.ts";
import { providerRules } from "./provider.ts";
import { requestModelRules } from "./request-models.ts";
import { routePoolRules } from "./route-pools.ts";
import { secretRules } from "./secrets.ts";
import { serviceRules } from "./services.ts";
import { setOnceRules } from "./set-once.ts";
import { sourceFunctionRules } from "./source-function.ts";
import { threatProtectionRules } from "./threat-protection.ts";
import { findUnchecked, type Unchecked } from "./unchecked.ts";

export type { Graph, GraphResource } from "./graph.ts";
export type { StagePurpose } from "./protected/index.ts";
export type { Unchecked } from "./unchecked.ts";

/** The rules of every stage. */
const rules = [
  ...accessRules,
  ...routePoolRules,
  ...requestModelRules,
  ...connectionRules,
  ...responseRules,
  ...grantRules,
  ...serviceRules,
  ...setOnceRules,
  ...sourceFunctionRules,
  ...principalRules,
  ...identityRules,
  ...threatProtectionRules,
  ...mailRules,
  ...firewallRules,
  ...firewallLogRules,
  ...functionRules,
  ...codeRules,
  ...secretRules,
  ...encryptionRules,
  ...keyPolicyRules,
  ...deliveryRules,
  ...dataFlowRules,
  ...destinationRules,
  ...logRules,
  ...limitRules,
  ...providerRules,
];

const rulesFor = (stage: StagePurpose) => [...rules, ...protectedRulesFor(stage)];

/** The name of a rule. */
export type RuleName = ReturnType<typeof rulesFor>[number]["name"];

/** A resource that breaks a rule. */
export interface Violation extends Finding {
  readonly rule: string;
}

/** The names of the rules of every stage, and of those of protected stages only. */
export const ruleNames = {
  always: namesOf(rules),
  protected: namesOf(protectedRulesFor({ protect: true })),
};

function namesOf<Name extends string>(named: readonly Rule<Name>[]): readonly Name[] {
  return [...new Set(named.map(({ name }) => name))];
}

/** What of a stage's graph no rule checks, or not every one that could be; pure. */
export const uncheckedIn = (graph: Graph, stage: StagePurpose): Unchecked[] =>
  findUnchecked(graph, rulesFor(stage));

/** Checks a stage's graph against every rule for such a stage; pure. */
export const checkGraph = (graph: Graph, stage: StagePurpose): Violation[] =>
  rulesFor(stage).flatMap(({ name, check }) =>
    check(graph).map((finding) => ({ rule: name, ...finding })),
  );
