/** Reads a line of a firewall's log, as AWS WAF writes it. */
import * as z from "zod";

/** What the firewall did with one request. */
export interface FirewallLine {
  /** `ALLOW`, `BLOCK` … */
  readonly action: string;
  /** `POST /stage/path` */
  readonly request: string;
  /** Who ended the evaluation, and which rules matched without ending it. */
  readonly rules: readonly string[];
  /**
   * Whether the request passed as most do: no rule matched but those of the app that count. A rule
   * of a managed group that matched knows an attack, also where it is set to count.
   */
  readonly isOrdinary: boolean;
}

const groupSchema = z.object({
  terminatingRule: z.object({ ruleId: z.string() }).nullish(),
  nonTerminatingMatchingRules: z.array(z.object({ ruleId: z.string() })).nullish(),
});

/** Documented: docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html */
const lineSchema = z.object({
  webaclId: z.string(),
  action: z.string(),
  terminatingRuleId: z.string(),
  nonTerminatingMatchingRules: z.array(z.object({ ruleId: z.string(), action: z.string() })),
  ruleGroupList: z.array(groupSchema).default([]),
  httpRequest: z.object({ httpMethod: z.string(), uri: z.string() }),
});

/** Takes a line's object apart; undefined for one of anything else. */
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
