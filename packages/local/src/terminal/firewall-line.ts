/** Parses lines of AWS WAF's log. */
import * as z from "zod";

/** One request in the firewall's log. */
export interface FirewallLine {
  /** `ALLOW`, `BLOCK` … */
  readonly action: string;
  /** `POST /stage/path` */
  readonly request: string;
  /** The terminating rule, unless the default action decided. */
  readonly terminatingRule: string | undefined;
  /** The web ACL's own rules that matched without terminating. */
  readonly counted: readonly { readonly ruleId: string; readonly action: string }[];
  /** The rules that matched in managed groups. */
  readonly ofGroups: readonly string[];
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
  const { terminatingRuleId: id, httpRequest } = data;
  return {
    action: data.action,
    request: `${httpRequest.httpMethod} ${httpRequest.uri}`,
    terminatingRule: id === "Default_Action" ? undefined : id,
    counted: data.nonTerminatingMatchingRules,
    ofGroups: data.ruleGroupList.flatMap(({ terminatingRule, nonTerminatingMatchingRules }) => [
      ...(terminatingRule ? [terminatingRule.ruleId] : []),
      ...(nonTerminatingMatchingRules ?? []).map(({ ruleId }) => ruleId),
    ]),
  };
}

/**
 * The rules to show of a request. Left out are those that count every request of some networks: they
 * match ordinary traffic, and say nothing of a request but where it came from.
 */
export function rulesToShow(
  { terminatingRule, counted, ofGroups }: FirewallLine,
  countsNetworks: (rule: string) => boolean,
): readonly string[] {
  return [
    ...(terminatingRule === undefined ? [] : [terminatingRule]),
    ...counted
      .filter(({ ruleId }) => !countsNetworks(ruleId))
      .map(({ ruleId, action }) => `${ruleId} (${action})`),
    ...ofGroups,
  ];
}
