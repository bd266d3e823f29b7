/** Settings of a web ACL and its rules, in the shape of Pulumi's `aws.wafv2.WebAcl`. */
import * as z from "zod";
import { UnsupportedRuleError } from "./errors.ts";
import { customResponse, customResponseBodies, type CustomResponse } from "./custom-response.ts";
import { dataProtectionConfig } from "./data-protection.ts";
import { empty, hasOneKey } from "./one-key.ts";
import { type ManagedRuleGroupStatement, type RuleStatement, ruleStatement } from "./statements.ts";

/** The action of a rule on matching requests. */
export type RuleAction = "allow" | "block" | "count";

const block = z.strictObject({ customResponse: customResponse.optional() });

/** Inserted headers, CAPTCHA and challenges are rejected by name. */
const ruleAction = z
  .strictObject({ allow: empty.optional(), block: block.optional(), count: empty.optional() })
  .refine(hasOneKey, { error: "Give exactly one action." })
  .transform(({ allow, block: blocks }) => {
    const action: RuleAction = allow ? "allow" : blocks ? "block" : "count";
    return { action, response: blocks?.customResponse };
  });

const defaultAction = z
  .strictObject({ allow: empty.optional(), block: block.optional() })
  .refine(hasOneKey, { error: "Give exactly one action." })
  .transform(({ allow, block: blocks }) => {
    const action: "allow" | "block" = allow ? "allow" : "block";
    return { action, response: blocks?.customResponse };
  });

const overrideAction = z
  .strictObject({ count: empty.optional(), none: empty.optional() })
  .refine(hasOneKey, { error: "Give exactly one action." })
  .transform(({ count }): "count" | "none" => (count ? "count" : "none"));

const visibilityConfig = z
  .strictObject({
    cloudwatchMetricsEnabled: z.boolean(),
    metricName: z.string(),
    sampledRequestsEnabled: z.boolean(),
  })
  .transform(({ cloudwatchMetricsEnabled, metricName, sampledRequestsEnabled }) => ({
    metricName,
    measured: cloudwatchMetricsEnabled,
    sampled: sampledRequestsEnabled,
  }));

interface RuleBase {
  name: string;
  priority: number;
  /** The name of its metrics, and whether it has any. */
  metricName: string;
  measured: boolean;
  /** Whether matching requests are sampled. */
  sampled: boolean;
}

/** A rule with an action of its own. */
export interface PlainRule extends RuleBase {
  kind: "plain";
  action: RuleAction;
  /** The custom response of a block, in place of 403. */
  response: CustomResponse | undefined;
  statement: Omit<RuleStatement, "managedRuleGroupStatement">;
}

/** A rule that refers to a rule group, whose rules have the actions. */
export interface GroupRule extends RuleBase {
  kind: "group";
  /** `count` turns the group's decision into a count. */
  overrideAction: "count" | "none";
  group: ManagedRuleGroupStatement;
}

/** A rule of a web ACL. */
export type Rule = PlainRule | GroupRule;

const rule = z
  .strictObject({
    name: z.string().min(1),
    priority: z.int().min(0),
    action: ruleAction.optional(),
    overrideAction: overrideAction.optional(),
    statement: ruleStatement,
    visibilityConfig,
  })
  .transform(
    ({ name, priority, action, overrideAction: override, statement, ...rest }, context) => {
      const base = { name, priority, ...rest.visibilityConfig };
      const { managedRuleGroupStatement: group, ...plain } = statement;
      if (group && override && !action) {
        return { ...base, kind: "group", overrideAction: override, group } satisfies GroupRule;
      }
      if (!group && action && !override) {
        return { ...base, kind: "plain", ...action, statement: plain } satisfies PlainRule;
      }
      context.addIssue({
        code: "custom",
        message:
          "A rule group takes overrideAction and no action; any other statement the reverse.",
      });
      return z.NEVER;
    },
  );

/** Bytes of a body that are inspected, by name; 16 KB is API Gateway's default. */
const inspectionLimits = { KB_16: 16_384, KB_32: 32_768, KB_48: 49_152, KB_64: 65_536 } as const;

const associationConfig = z
  .strictObject({
    requestBodies: z
      .array(
        z.strictObject({
          apiGateway: z.strictObject({
            defaultSizeInspectionLimit: z.enum(["KB_16", "KB_32", "KB_48", "KB_64"]),
          }),
        }),
      )
      .max(1)
      .default([]),
  })
  .optional();

const webAcl = z
  .strictObject({
    id: z.string().optional(),
    name: z.string().min(1),
    scope: z.literal("REGIONAL"),
    defaultAction,
    rules: z.array(rule),
    customResponseBodies,
    associationConfig,
    dataProtectionConfig,
    visibilityConfig,
  })
  .transform(({ associationConfig: association, visibilityConfig: visibility, rules, ...acl }) => {
    const limit = association?.requestBodies[0]?.apiGateway.defaultSizeInspectionLimit ?? "KB_16";
    return {
      ...acl,
      /** In the order of evaluation. */
      rules: rules.toSorted((one, other) => one.priority - other.priority),
      /** Bytes of a body that are inspected (WAF/web-acl-setting-body-inspection-limit). */
      bodyLimit: inspectionLimits[limit],
      /** Its metrics, and whether requests without a terminating rule are sampled. */
      ...visibility,
    };
  });

/** A web ACL before validation. */
export interface WebAclInput {
  readonly name: string;
  readonly [property: string]: unknown;
}
/** A validated web ACL. */
export type WebAclSettings = z.output<typeof webAcl>;

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
