/** The web ACL's rules, in the shape that Pulumi's `aws.wafv2.WebAcl` gives them. */
import * as z from "zod";
import { UnsupportedRuleError } from "./errors.ts";

const empty = z.strictObject({});

const ipSetReferenceStatement = z.strictObject({ arn: z.string() });

/** A statement that may stand inside another; exactly one of its keys is set. */
export interface NestableStatement {
  ipSetReferenceStatement?: z.infer<typeof ipSetReferenceStatement> | undefined;
  andStatement?: { statements: NestableStatement[] } | undefined;
  orStatement?: { statements: NestableStatement[] } | undefined;
  notStatement?: { statements: NestableStatement[] } | undefined;
}

const nestableKeys = {
  ipSetReferenceStatement: ipSetReferenceStatement.optional(),
  get andStatement() {
    return z.strictObject({ statements: z.array(nestableStatement).min(2) }).optional();
  },
  get orStatement() {
    return z.strictObject({ statements: z.array(nestableStatement).min(2) }).optional();
  },
  get notStatement() {
    return z.strictObject({ statements: z.array(nestableStatement).length(1) }).optional();
  },
};

const nestableStatement: z.ZodType<NestableStatement, NestableStatement> = z
  .strictObject(nestableKeys)
  .refine(hasOneKey, { error: "Give exactly one statement." });

/** Limits and windows: WAF/waf-rule-statement-type-rate-based-high-level-settings. */
const rateBasedStatement = z.strictObject({
  limit: z.int().min(10).max(2_000_000_000),
  evaluationWindowSec: z.literal([60, 120, 300, 600]).default(300),
  aggregateKeyType: z.literal("IP").default("IP"),
  scopeDownStatement: nestableStatement.optional(),
});

/** AWS allows a rate-based statement at the top of a rule alone. */
const ruleStatement = z
  .strictObject({ ...nestableKeys, rateBasedStatement: rateBasedStatement.optional() })
  .refine(hasOneKey, { error: "Give exactly one statement." });

const ruleAction = z
  .strictObject({ allow: empty.optional(), block: empty.optional(), count: empty.optional() })
  .refine(hasOneKey, { error: "Give exactly one action." })
  .transform((action): "allow" | "block" | "count" =>
    action.allow ? "allow" : action.block ? "block" : "count",
  );

const visibilityConfig = z.strictObject({
  cloudwatchMetricsEnabled: z.boolean(),
  metricName: z.string(),
  sampledRequestsEnabled: z.boolean(),
});

const webAcl = z.strictObject({
  id: z.string().optional(),
  name: z.string().min(1),
  scope: z.literal("REGIONAL"),
  defaultAction: z
    .strictObject({ allow: empty.optional(), block: empty.optional() })
    .refine(hasOneKey, { error: "Give exactly one action." })
    .transform((action): "allow" | "block" => (action.allow ? "allow" : "block")),
  rules: z.array(
    z.strictObject({
      name: z.string().min(1),
      priority: z.int().min(0),
      action: ruleAction,
      statement: ruleStatement,
      visibilityConfig,
    }),
  ),
  visibilityConfig,
});

/** A web ACL as it is handed over, before anything of it is checked. */
export interface WebAclInput {
  readonly name: string;
  readonly [property: string]: unknown;
}
/** A web ACL all of whose parts are supported. */
export type WebAclSettings = z.output<typeof webAcl>;
/** The statement at the top of a rule. */
export type RuleStatement = z.output<typeof ruleStatement>;
/** The statement that counts requests of an address in a window. */
export type RateBasedStatement = z.output<typeof rateBasedStatement>;
/** What a rule does with a request that it matches. */
export type RuleAction = z.output<typeof ruleAction>;

/**
 * Parses a web ACL.
 * @throws UnsupportedRuleError naming every statement, action or setting that is not evaluated here.
 */
export function parseWebAcl(input: WebAclInput): WebAclSettings {
  const parsed = webAcl.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new UnsupportedRuleError(
    `The local cloud does not support the web ACL "${input.name}": ${z.prettifyError(parsed.error)}`,
  );
}

function hasOneKey(value: object): boolean {
  return Object.values(value).filter((part) => part !== undefined).length === 1;
}
