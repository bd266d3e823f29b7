/** Validates a web ACL as a whole, and the resource that it protects. */
import { UnsupportedRuleError, WafConfigurationError } from "./settings/errors.ts";
import { findGroup } from "./managed/catalogue.ts";
import type { Rule, WebAclSettings } from "./settings/web-acl.ts";
import { capacityOf, outermost } from "./statements/walk.ts";

/** Web ACL capacity units that a web ACL may have (WAF/limits). */
const maximumCapacity = 5000;

/** @throws WafConfigurationError when two rules share a priority or a name. */
export function assertUnique({ name, rules }: WebAclSettings): void {
  for (const key of ["name", "priority"] as const) {
    if (new Set(rules.map((rule) => rule[key])).size < rules.length) {
      throw new WafConfigurationError(
        "WAFInvalidParameterException",
        `Two rules of the web ACL "${name}" have the same ${key}.`,
      );
    }
  }
}

/** The capacity units of a web ACL. @throws WafConfigurationError above AWS's maximum. */
export function totalCapacity({ name, rules }: WebAclSettings): number {
  const capacity = rules.reduce((sum, rule) => sum + capacityOfRule(rule), 0);
  if (capacity <= maximumCapacity) return capacity;
  throw new WafConfigurationError(
    "WAFLimitsExceededException",
    `The web ACL "${name}" takes ${capacity} capacity units; AWS WAF allows ${maximumCapacity}.`,
  );
}

/** A rate-based statement costs 2, a rule group its own capacity, each plus nested statements. */
function capacityOfRule(rule: Rule): number {
  const nested = outermost(rule);
  const own =
    rule.kind === "group"
      ? findGroup(rule.group).capacity
      : rule.statement.rateBasedStatement
        ? 2
        : 0;
  return own + (nested ? capacityOf(nested) : 0);
}

/**
 * The log's name of an API's stage: `ACCOUNT:API:STAGE` (recorded in WAF/logging-examples).
 * @throws UnsupportedRuleError for any other resource.
 */
export function sourceIdOf(resourceArn: string, account: string): string {
  const [, api, stage] =
    /^arn:aws:apigateway:[^:]+::\/restapis\/([^/]+)\/stages\/([^/]+)$/.exec(resourceArn) ?? [];
  if (api !== undefined && stage !== undefined) return `${account}:${api}:${stage}`;
  throw new UnsupportedRuleError(
    `The local cloud associates web ACLs with API Gateway stages only, not with ${resourceArn}.`,
  );
}
