/** AWS's managed rule groups, as far as they are documented. */
import type { Matcher } from "../inspection/components.ts";

/** How a rule of a group is evaluated. */
interface RuleEvaluation {
  /**
   * `description`: AWS documents the whole rule. `examples`: AWS documents examples, and only these
   * match here.
   */
  readonly basis: "description" | "examples";
  readonly matches: Matcher;
}

/** A rule of a group. */
export interface ManagedRule {
  readonly name: string;
  /** The last part of the label that it adds to matching requests. */
  readonly label: string;
  readonly action: "block" | "count";
  /** Absent where AWS does not publish what the rule inspects: it never matches here. */
  readonly evaluation?: RuleEvaluation;
}

/** A rule group; see WAF/aws-managed-rule-groups-list. */
export interface ManagedGroup {
  readonly name: string;
  /** Web ACL capacity units. */
  readonly capacity: number;
  readonly labelPrefix: string;
  /** Whether a web ACL may choose one of its versions. */
  readonly isVersioned: boolean;
  /** In the order of evaluation. */
  readonly rules: readonly ManagedRule[];
}

/** A rule that AWS documents completely. */
export function described(name: string, label: string, matches: Matcher): ManagedRule {
  return { name, label, action: "block", evaluation: { basis: "description", matches } };
}

/** A rule of which AWS documents examples. */
export function exemplified(name: string, label: string, matches: Matcher): ManagedRule {
  return { name, label, action: "block", evaluation: { basis: "examples", matches } };
}

/** A rule of which AWS documents only the name and the purpose. */
export function unpublished(
  name: string,
  label: string,
  action: ManagedRule["action"] = "block",
): ManagedRule {
  return { name, label, action };
}
