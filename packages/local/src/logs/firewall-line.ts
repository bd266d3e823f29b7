/** Reads a line of a firewall's log, as AWS WAF writes it. */
import { z } from "zod";

/** What the firewall did with one request. */
export interface FirewallLine {
  /** `ALLOW`, `BLOCK` … */
  readonly action: string;
  /** `POST /stage/path` */
  readonly request: string;
  /** Who ended the evaluation, and which rules matched without ending it. */
  readonly rules: readonly string[];
}

/** Documented: docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html */
const lineSchema = z.object({
  webaclId: z.string(),
  action: z.string(),
  terminatingRuleId: z.string(),
  nonTerminatingMatchingRules: z.array(z.object({ ruleId: z.string(), action: z.string() })),
  httpRequest: z.object({ httpMethod: z.string(), uri: z.string() }),
});

/** Takes a line's object apart; undefined for one of anything else. */
export function readFirewallLine(
  json: Readonly<Record<string, unknown>>,
): FirewallLine | undefined {
  const { data } = lineSchema.safeParse(json);
  if (data === undefined) return undefined;
  const { action, terminatingRuleId, nonTerminatingMatchingRules: passed, httpRequest } = data;
  return {
    action,
    request: `${httpRequest.httpMethod} ${httpRequest.uri}`,
    rules: [
      ...(terminatingRuleId === "Default_Action" ? [] : [terminatingRuleId]),
      ...passed.map(({ ruleId, action: taken }) => `${ruleId} (${taken})`),
    ],
  };
}
