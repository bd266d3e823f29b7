/** Settings of a rule's statements, in the shape of Pulumi's `aws.wafv2.WebAcl`. */
import * as z from "zod";
import { fieldToMatch } from "./field-to-match.ts";
import { textTransformations } from "./text-transformations.ts";
import { empty, hasOneKey } from "./one-key.ts";

const content = { fieldToMatch, textTransformations };

/** `ipSetForwardedIpConfig` would trust a header that any client can send: rejected. */
const ipSetReferenceStatement = z.strictObject({ arn: z.string() });

/** AWS limits the string to 200 characters (WAF/limits). */
const byteMatchStatement = z
  .strictObject({
    ...content,
    positionalConstraint: z.enum([
      "EXACTLY",
      "STARTS_WITH",
      "ENDS_WITH",
      "CONTAINS",
      "CONTAINS_WORD",
    ]),
    searchString: z.string().min(1).max(200),
  })
  .refine(
    ({ positionalConstraint, searchString }) =>
      positionalConstraint !== "CONTAINS_WORD" || /^\w+$/.test(searchString),
    { error: "CONTAINS_WORD takes letters, digits and underscores only." },
  );

const sizeConstraintStatement = z.strictObject({
  ...content,
  comparisonOperator: z.enum(["EQ", "NE", "LE", "LT", "GE", "GT"]),
  size: z.int().min(0).max(21_474_836_480),
});

const regexMatchStatement = z.strictObject({
  ...content,
  regexString: z.string().min(1).max(512),
});

const regexPatternSetReferenceStatement = z.strictObject({ ...content, arn: z.string() });

const leaves = {
  byteMatchStatement: byteMatchStatement.optional(),
  ipSetReferenceStatement: ipSetReferenceStatement.optional(),
  regexMatchStatement: regexMatchStatement.optional(),
  regexPatternSetReferenceStatement: regexPatternSetReferenceStatement.optional(),
  sizeConstraintStatement: sizeConstraintStatement.optional(),
};
const leafObject = z.object(leaves);

/** A statement that can be nested; exactly one of its keys is set. */
export interface NestableStatement extends z.output<typeof leafObject> {
  andStatement?: { statements: NestableStatement[] } | undefined;
  orStatement?: { statements: NestableStatement[] } | undefined;
  notStatement?: { statements: NestableStatement[] } | undefined;
}

const nestableKeys = {
  ...leaves,
  get andStatement() {
    return z.strictObject({ statements: z.array(nestableStatement).min(2) }).optional();
  },
  get orStatement() {
    return z.strictObject({ statements: z.array(nestableStatement).min(2) }).optional();
  },
  get notStatement() {
    return negated.optional();
  },
};

const nestableStatement: z.ZodType<NestableStatement> = z
  .strictObject(nestableKeys)
  .refine(hasOneKey, { error: "Give exactly one statement." });

/** One statement, which versions of the AWS provider before 7.37.0 want in a list. */
const negated = z.union([
  z
    .strictObject({ statement: nestableStatement })
    .transform(({ statement }) => ({ statements: [statement] })),
  z.strictObject({ statements: z.array(nestableStatement).length(1) }),
]);

/** Of the keys of AWS WAF (WAF/waf-rule-statement-type-rate-based-aggregation-options) a header; it takes up to five. */
const customKey = z.strictObject({
  header: z.strictObject({ name: z.string().min(1).max(64), textTransformations }),
});

/** Limits and windows: WAF/waf-rule-statement-type-rate-based-high-level-settings. */
const rateBasedStatement = z
  .strictObject({
    limit: z.int().min(10).max(2_000_000_000),
    evaluationWindowSec: z.literal([60, 120, 300, 600]).default(300),
    aggregateKeyType: z.enum(["IP", "CUSTOM_KEYS"]).default("IP"),
    customKeys: z.array(customKey).min(1).max(5).optional(),
    scopeDownStatement: nestableStatement.optional(),
  })
  .refine(
    ({ aggregateKeyType, customKeys }) =>
      (aggregateKeyType === "CUSTOM_KEYS") === (customKeys !== undefined),
    { error: "Custom keys go with the aggregate key type CUSTOM_KEYS, and it with them." },
  );

const groupRuleAction = z
  .strictObject({
    allow: empty.optional(),
    block: empty.optional(),
    count: empty.optional(),
  })
  .refine(hasOneKey, { error: "Give exactly one action." })
  .transform(({ allow, block }): "allow" | "block" | "count" =>
    allow ? "allow" : block ? "block" : "count",
  );

const managedRuleGroupStatement = z.strictObject({
  vendorName: z.literal("AWS"),
  name: z.string(),
  version: z
    .string()
    .regex(/^Version_\d+\.\d+$/)
    .optional(),
  ruleActionOverrides: z
    .array(z.strictObject({ name: z.string(), actionToUse: groupRuleAction }))
    .default([]),
  scopeDownStatement: nestableStatement.optional(),
});

/** AWS allows rate-based and rule group statements only at the top of a rule. */
export const ruleStatement = z
  .strictObject({
    ...nestableKeys,
    rateBasedStatement: rateBasedStatement.optional(),
    managedRuleGroupStatement: managedRuleGroupStatement.optional(),
  })
  .refine(hasOneKey, { error: "Give exactly one statement." });

/** The statement at the top of a rule. */
export type RuleStatement = z.output<typeof ruleStatement>;
/** Compares bytes of a component with a string. */
export type ByteMatchStatement = z.output<typeof byteMatchStatement>;
/** Compares the size of a component with a number. */
export type SizeConstraintStatement = z.output<typeof sizeConstraintStatement>;
/** The statement that counts requests of an address, or of the values of headers, in a window. */
export type RateBasedStatement = z.output<typeof rateBasedStatement>;
/** The statement that asks a rule group of AWS's. */
export type ManagedRuleGroupStatement = z.output<typeof managedRuleGroupStatement>;
