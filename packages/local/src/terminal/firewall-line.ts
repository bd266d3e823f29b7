/** Parses lines of AWS WAF's log. */
import * as z from "zod";

/** One request in the firewall's log. */
export interface FirewallLine {
  /** `ALLOW`, `BLOCK` … */
  readonly action: string;
  /** `POST /stage/path` */
  readonly request: string;
  /** The terminating rule, and the rules that matched without terminating. */
  readonly rules: readonly string[];
  /**
   * Whether the request is ordinary traffic: allowed, with no match but of the app's own count rules.
   * A match in a managed rule group indicates an attack, even where the rule is set to count.
   */
  readonly isOrdinary: boolean;
}

const groupSchema = z.object({
  terminatingRule: z.object({ ruleId: z.string() }).nullish(),
  nonTerminatingMatchingRules: z.array(z.object({ ruleId: z.string() })).nullish(),
});

/** Documented: WAF/logging-fields. */
const lineSchema = z.object({
  webaclId: z.string(),
  action: z.string(),
  terminatingRuleId: z.string(),
  nonTerminatingMatchingRules: z.array(z.object({ ruleId: z.string(), action: z.string() })),
  ruleGroupList: z.array(groupSchema).default([]),
  httpRequest: z.object({ httpMethod: z.string(), uri: z.string() }),
});

/** Parses the object of a line; undefined for any other object. */
export function readFirewallLine(
  json: Readonly<Record<string, unknown>>,
): FirewallLine | undefined {
  const { data } = lineSchema.safeParse(json);
  if (data === undefined) return undefined;
  const { action, terminatingRuleId, nonTerminatingMatchingRules: passed, httpRequest } = data;
  const ended = terminatingRuleId === "Default_Action" ? [] : [terminatingRuleId];
  const ofGroups = data.ruleGroupList.flatMap(
    ({ terminatingRule, nonTerminatingMatchingRules }) => [
      ...(terminatingRule ? [terminatingRule.ruleId] : []),
      ...(nonTerminatingMatchingRules ?? []).map(({ ruleId }) => ruleId),
    ],
  );
  return {
    action,
    request: `${httpRequest.httpMethod} ${httpRequest.uri}`,
    rules: [
      ...ended,
      ...passed.map(({ ruleId, action: taken }) => `${ruleId} (${taken})`),
      ...ofGroups,
    ],
    isOrdinary: action === "ALLOW" && ended.length === 0 && ofGroups.length === 0,
  };
}
