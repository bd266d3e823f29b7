/** What a rule group of AWS's is, as far as AWS documents it. */
import type { Matcher } from "../inspection/components.ts";

/** Which requests a rule of a group matches here. */
interface RuleEvaluation {
  /**
   * `description`: AWS describes the whole rule. `examples`: AWS gives examples of what it matches,
   * and nothing but these is matched here.
   */
  readonly basis: "description" | "examples";
  readonly matches: Matcher;
}

/** A rule of a group. */
export interface ManagedRule {
  readonly name: string;
  /** The last part of the label that it puts on what it matches. */
  readonly label: string;
  readonly action: "block" | "count";
  /** Absent where AWS does not publish what the rule looks for: it never matches here. */
  readonly evaluation?: RuleEvaluation;
}

/** A rule group; see aws-managed-rule-groups-list of WAF's guide. */
export interface ManagedGroup {
  readonly name: string;
  /** Web ACL capacity units. */
  readonly capacity: number;
  readonly labelPrefix: string;
  /** Whether a web ACL may ask for one of its versions. */
  readonly isVersioned: boolean;
  /** In the order of evaluation. */
  readonly rules: readonly ManagedRule[];
}

/** A rule that AWS describes whole. */
export function described(name: string, label: string, matches: Matcher): ManagedRule {
  return { name, label, action: "block", evaluation: { basis: "description", matches } };
}

/** A rule of which AWS gives examples. */
export function exemplified(name: string, label: string, matches: Matcher): ManagedRule {
  return { name, label, action: "block", evaluation: { basis: "examples", matches } };
}

/** A rule of which AWS publishes the name and the purpose alone. */
export function unpublished(
  name: string,
  label: string,
  action: ManagedRule["action"] = "block",
): ManagedRule {
  return { name, label, action };
}
