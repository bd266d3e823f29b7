/** AWS's managed rule groups that are supported here, and which of their rules are evaluated. */
import type { Limitation } from "../../../provider/limitations.ts";
import { UnsupportedRuleError, WafConfigurationError } from "../settings/errors.ts";
import type { ManagedRuleGroupStatement } from "../settings/statements.ts";
import { commonRuleSet } from "./common-rule-set.ts";
import { ipReputationList } from "./ip-reputation.ts";
import { knownBadInputs } from "./known-bad-inputs.ts";
import type { ManagedGroup, ManagedRule } from "./rule-group.ts";

/** Every supported group. */
export const managedGroups: readonly ManagedGroup[] = [
  commonRuleSet,
  ipReputationList,
  knownBadInputs,
];

const groups = new Map(managedGroups.map((group) => [group.name, group]));

/**
 * Finds the group of a statement.
 * @throws UnsupportedRuleError for a group that is not supported; WafConfigurationError for a
 * version of a group that has none, or an override of a rule that is not in the group.
 */
export function findGroup({
  name,
  version,
  ruleActionOverrides,
}: ManagedRuleGroupStatement): ManagedGroup {
  const group = groups.get(name);
  if (!group) {
    throw new UnsupportedRuleError(
      `The local cloud does not support the managed rule group ${name}, only ${[...groups.keys()].join(", ")}.`,
    );
  }
  if (version !== undefined && !group.isVersioned) {
    throw invalid(`The managed rule group ${name} has no versions.`);
  }
  const unknown = ruleActionOverrides.find(
    (override) => !group.rules.some((rule) => rule.name === override.name),
  );
  if (unknown) throw invalid(`The managed rule group ${name} has no rule ${unknown.name}.`);
  return group;
}

/** Of every group: `describeGroup` says which rules. */
export const partlyPublished: Limitation = {
  service: "WAF",
  text: "managed rules and IP lists work only as far as AWS publishes them",
};

/** One sentence on which rules of a group are evaluated, rule by rule. */
export function describeGroup({ name, rules }: ManagedGroup): string {
  const names = (select: (rule: ManagedRule) => boolean) =>
    rules.filter(select).map((rule) => rule.name);
  const parts = [
    ["evaluated as documented", names((rule) => rule.evaluation?.basis === "description")],
    ["only for AWS's published examples", names((rule) => rule.evaluation?.basis === "examples")],
    ["not evaluated", names(({ evaluation }) => evaluation === undefined)],
  ] as const;
  const shown = parts.filter(([, which]) => which.length > 0);
  return `${name}, any version: ${shown.map(([how, which]) => `${how}: ${which.join(", ")}`).join("; ")}.`;
}

function invalid(message: string): WafConfigurationError {
  return new WafConfigurationError("WAFInvalidParameterException", message);
}
