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

/**
 * A rate-based statement costs 2, and 30 for each custom key (documented:
 * WAF/waf-rule-statement-type-rate-based), a rule group its own capacity, each plus nested statements.
 */
function capacityOfRule(rule: Rule): number {
  const nested = outermost(rule);
  const own =
    rule.kind === "group"
      ? findGroup(rule.group).capacity
      : rule.statement.rateBasedStatement
        ? 2 + 30 * (rule.statement.rateBasedStatement.customKeys?.length ?? 0)
        : 0;
  return own + (nested ? capacityOf(nested) : 0);
}

/** What a web ACL protects, as its log names it. */
export interface Source {
  readonly name: "APIGW" | "COGNITOIDP";
  readonly id: string;
}

const stageArn = /^arn:aws:apigateway:[^:]+::\/restapis\/([^/]+)\/stages\/([^/]+)$/;
const userPoolArn = /^arn:aws:cognito-idp:[^:]+:\d{12}:userpool\/([^/]+)$/;

/**
 * The source of a resource: `ACCOUNT:API:STAGE` of an API's stage (recorded in WAF/logging-examples);
 * that it is the id of a user pool is assumed.
 * @throws UnsupportedRuleError for any other resource.
 */
export function sourceOf(resourceArn: string, account: string): Source {
  const [, api, stage] = stageArn.exec(resourceArn) ?? [];
  if (api !== undefined) return { name: "APIGW", id: `${account}:${api}:${stage}` };
  const [, pool] = userPoolArn.exec(resourceArn) ?? [];
  if (pool !== undefined) return { name: "COGNITOIDP", id: pool };
  throw new UnsupportedRuleError(
    `The local cloud associates web ACLs with stages of API Gateway and Cognito user pools only, not with ${resourceArn}.`,
  );
}
