/** Rules about the firewall: its association, its rules, and what it inspects. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

const isBehindAFirewall = <const Name extends string>(name: Name, type: string) =>
  ruleFor(name, type, z.unknown(), (_, graph, { outputs }) =>
    unless(
      allOf(graph, "aws:wafv2/webAclAssociation:WebAclAssociation").some(
        ({ inputs }) =>
          inputs["resourceArn"] === outputs["arn"] &&
          allOf(graph, WEB_ACL).some((acl) => acl.outputs["arn"] === inputs["webAclArn"]),
      ),
      "must have a web ACL",
    ),
  );

const stagesAreBehindAFirewall = isBehindAFirewall(
  "stages-are-behind-a-firewall",
  "aws:apigateway/stage:Stage",
);

const poolsAreBehindAFirewall = isBehindAFirewall(
  "pools-are-behind-a-firewall",
  "aws:cognito/userPool:UserPool",
);

/** The group that every stage has; protected stages have all of the settings' groups. */
const KNOWN_BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet";

const anything = z.looseObject({}).optional();
const ruleSchema = z.object({
  name: z.string(),
  action: z.object({ allow: anything, block: anything }).default({}),
  overrideAction: z.object({ none: anything }).default({}),
  statement: z.object({
    ruleGroupReferenceStatement: anything,
    managedRuleGroupStatement: z
      .object({
        vendorName: z.string(),
        name: z.string(),
        version: z.string().optional(),
        scopeDownStatement: anything,
        excludedRules: z.array(z.unknown()).default([]),
        ruleActionOverrides: z.array(z.unknown()).default([]),
      })
      .optional(),
    rateBasedStatement: z
      .object({
        limit: z.number(),
        evaluationWindowSec: z.number().default(300),
        aggregateKeyType: z.string().default("IP"),
        scopeDownStatement: anything,
        customKeys: z.array(z.unknown()).default([]),
      })
      .optional(),
  }),
});

/** A rule of a web ACL. */
export type FirewallRule = z.infer<typeof ruleSchema>;

/** A web ACL's inputs. */
export const webAclSchema = z.object({ rules: z.array(ruleSchema).default([]) });

/** Where a managed group blocks, what only counts is no control. */
export function actingOf(rules: readonly FirewallRule[]): readonly FirewallRule[] {
  const blocks = rules.some(({ overrideAction }) => overrideAction.none !== undefined);
  return rules.filter(
    ({ action, overrideAction }) => !blocks || (action.block ?? overrideAction.none) !== undefined,
  );
}

/** A finding for each of these managed groups that is not there as a whole, for every request. */
export function withoutGroups(
  rules: readonly FirewallRule[],
  groups: readonly string[],
): readonly string[] {
  const whole = actingOf(rules).flatMap(({ statement: { managedRuleGroupStatement: group } }) =>
    group?.vendorName === "AWS" &&
    // Without a version it has the rules that AWS recommends (WAF/waf-managed-rule-groups-versioning).
    group.version === undefined &&
    group.scopeDownStatement === undefined &&
    group.ruleActionOverrides.length + group.excludedRules.length === 0
      ? [group.name]
      : [],
  );
  return [...new Set(groups)]
    .filter((name) => !whole.includes(name))
    .map(
      (name) =>
        `must have the whole managed rule group ${name}, in no fixed version, for every request`,
    );
}

/** A rate-based statement. */
export type RateLimit = NonNullable<FirewallRule["statement"]["rateBasedStatement"]>;

/** The rate that a limit admits, in requests per second. */
export const rateOf = ({ limit, evaluationWindowSec }: RateLimit): number =>
  limit / evaluationWindowSec;

const throttle = z.object({
  methodPath: z.literal("*/*"),
  settings: z.object({ throttlingRateLimit: z.number() }),
});

/** What the API's throttle admits of all callers, in requests per second: a limit of one has to be below it. */
export const throttleOf = (graph: Graph): number =>
  Math.min(
    ...allOf(graph, "aws:apigateway/methodSettings:MethodSettings")
      .flatMap(({ inputs }) => throttle.safeParse(inputs).data ?? [])
      .map(({ settings }) => settings.throttlingRateLimit),
  );

const firewallHasItsRules = ruleFor(
  "firewall-has-its-rules",
  WEB_ACL,
  webAclSchema,
  ({ rules }, graph) => {
    const groups = rules.flatMap(({ statement }) => statement.managedRuleGroupStatement ?? []);
    return [
      ...withoutGroups(rules, [KNOWN_BAD_INPUTS, ...groups.map(({ name }) => name)]),
      ...unless(
        actingOf(rules).some(
          ({ statement: { rateBasedStatement: limit } }) =>
            limit?.aggregateKeyType === "IP" &&
            limit.scopeDownStatement === undefined &&
            rateOf(limit) < throttleOf(graph),
        ),
        "must limit the rate of every IP address, below the throttle of a method",
      ),
      ...rules
        .filter(({ action }) => action.allow !== undefined)
        .map(({ name }) => `must not allow by ${name}, which the rules after it would not see`),
      ...rules
        .filter(({ statement }) => statement.ruleGroupReferenceStatement !== undefined)
        .map(
          ({ name }) =>
            `must not have the rule group of ${name}, which may allow what no rule sees`,
        ),
    ];
  },
);

const sizeStatement = z.object({
  sizeConstraintStatement: z.looseObject({ comparisonOperator: z.string() }).optional(),
});
const sizeRule = z.object({
  action: z.object({ block: anything, count: anything }).optional(),
  overrideAction: z.object({ none: anything }).optional(),
  statement: sizeStatement.extend({
    orStatement: z.object({ statements: z.array(sizeStatement) }).optional(),
  }),
});

const oversizeHandling = z.literal("MATCH");
/** Of some headers only, nothing says what is too large. */
const whole = { oversizeHandling, matchScope: z.literal("ALL") };
const everything = z.strictObject({ all: z.unknown() });

const matchedBy = (fieldToMatch: z.ZodRawShape, more: z.ZodRawShape = {}) =>
  z.object({ ...more, fieldToMatch: z.strictObject(fieldToMatch) });

/** What AWS's managed rules pass unseen, and how a rule matches it. */
const uninspectable: readonly (readonly [string, z.ZodType])[] = [
  ["a body larger than WAF inspects", matchedBy({ body: z.object({ oversizeHandling }) })],
  [
    "headers beyond what WAF inspects",
    matchedBy({ headers: z.tuple([z.object({ ...whole, matchPattern: everything })]) }),
  ],
  [
    "cookies beyond what WAF inspects",
    matchedBy({ cookies: z.object({ ...whole, matchPatterns: z.tuple([everything]) }) }),
  ],
  [
    "a compressed body",
    matchedBy(
      { singleHeader: z.object({ name: z.literal("content-encoding") }) },
      { size: z.literal(0), textTransformations: z.tuple([z.object({ type: z.literal("NONE") })]) },
    ),
  ],
];

const firewallInspectsAll = ruleFor(
  "firewall-inspects-whole-requests",
  WEB_ACL,
  z.object({ rules: z.array(sizeRule).default([]) }),
  ({ rules }) => {
    const blocks = rules.some(({ overrideAction }) => overrideAction?.none !== undefined);
    const fields = rules
      .filter(({ action }) => action?.block ?? (blocks ? undefined : action?.count))
      .flatMap(({ statement }) => [statement, ...(statement.orStatement?.statements ?? [])])
      .flatMap(({ sizeConstraintStatement: size }) =>
        size?.comparisonOperator === "GT" ? [size] : [],
      );
    return uninspectable.flatMap(([what, matching]) =>
      unless(
        fields.some((field) => matching.safeParse(field).success),
        `must ${blocks ? "block" : "count"} ${what}`,
      ),
    );
  },
);

/** Every rule about the firewall. */
export const firewallRules = [
  stagesAreBehindAFirewall,
  poolsAreBehindAFirewall,
  firewallHasItsRules,
  firewallInspectsAll,
];
