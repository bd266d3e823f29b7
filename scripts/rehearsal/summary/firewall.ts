/** The firewall's rules, in the order of their evaluation. */
import * as z from "zod";
import { text, type GraphView } from "../graph-view.ts";
import type { Section } from "./section.ts";

const webAclSchema = z.object({
  defaultAction: z.record(z.string(), z.unknown()),
  rules: z
    .array(
      z.object({
        name: z.string(),
        priority: z.number(),
        action: z.record(z.string(), z.unknown()).optional(),
        overrideAction: z.record(z.string(), z.unknown()).optional(),
        statement: z.record(z.string(), z.unknown()),
      }),
    )
    .default([]),
});
type Rule = z.infer<typeof webAclSchema>["rules"][number];

/** A row for each rule: priority, action, name and statement; the default action last. */
export function summarizeFirewall(graph: GraphView): Section {
  const rows = graph.all("aws:wafv2/webAcl:WebAcl").flatMap(({ name, id, inputs, outputs }) => {
    const { rules, defaultAction } = webAclSchema.parse(inputs);
    const guarded = graph
      .all("aws:wafv2/webAclAssociation:WebAclAssociation")
      .filter((association) => [outputs["arn"], id].includes(association.inputs["webAclArn"]))
      .map((association) => graph.nameOf(association.inputs["resourceArn"]))
      .toSorted();
    return [
      ...rules
        .toSorted((one, other) => one.priority - other.priority)
        .map((rule) => [String(rule.priority), actionOf(rule), describe(graph, rule)]),
      ["default", keyOf(defaultAction), "what no rule has ended"],
      [`${name} protects ${guarded.join(", ") || "NOTHING"}`],
    ];
  });
  return { title: "Firewall", rows, none: "No firewall." };
}

/** A group keeps its own actions unless an override turns them all into `count`. */
function actionOf({ action, overrideAction }: Rule): string {
  if (action !== undefined) return keyOf(action);
  return overrideAction !== undefined && "count" in overrideAction ? "count" : "as in the group";
}

const managedGroup = z.object({
  managedRuleGroupStatement: z.object({ vendorName: z.string(), name: z.string() }),
});
const rateBased = z.object({
  rateBasedStatement: z.object({
    limit: z.number(),
    evaluationWindowSec: z.number().default(300),
    aggregateKeyType: z.string().default("IP"),
    customKeys: z.array(z.object({ header: z.object({ name: z.string() }) })).default([]),
    scopeDownStatement: z.record(z.string(), z.unknown()).optional(),
  }),
});

const sized = z.object({
  sizeConstraintStatement: z.object({
    comparisonOperator: z.literal("GT"),
    size: z.number(),
    fieldToMatch: z.record(z.string(), z.unknown()),
  }),
});
const either = z.object({
  orStatement: z.object({ statements: z.array(z.record(z.string(), z.unknown())) }),
});
const every = z.object({
  andStatement: z.object({ statements: z.array(z.record(z.string(), z.unknown())) }),
});
const matched = z.object({
  byteMatchStatement: z.object({
    positionalConstraint: z.literal("EXACTLY"),
    searchString: z.string(),
    fieldToMatch: z.record(z.string(), z.unknown()),
  }),
});
const negated = z.object({
  notStatement: z.object({ statement: z.record(z.string(), z.unknown()) }),
});
const ipSet = z.object({ ipSetReferenceStatement: z.object({ arn: z.string() }) });
const header = z.object({ singleHeader: z.object({ name: z.string() }) });

/** A group is called as its rule. */
function describe(graph: GraphView, rule: Rule): string {
  const statement = statementOf(graph, rule.statement);
  return statement.endsWith(`: ${rule.name}`) ? statement : `${rule.name}: ${statement}`;
}

function statementOf(graph: GraphView, statement: Rule["statement"]): string {
  const group = managedGroup.safeParse(statement).data?.managedRuleGroupStatement;
  if (group !== undefined) return `group of ${group.vendorName}: ${group.name}`;
  const rate = rateBased.safeParse(statement).data?.rateBasedStatement;
  if (rate !== undefined) {
    const headers = rate.customKeys.map((key) => key.header.name).join(" and ");
    const scope = rate.scopeDownStatement;
    return [
      `more than ${rate.limit} requests in ${rate.evaluationWindowSec} s per ${headers || rate.aggregateKeyType}`,
      ...(scope === undefined ? [] : [`of those with ${statementOf(graph, scope)}`]),
    ].join(", ");
  }
  const size = sized.safeParse(statement).data?.sizeConstraintStatement;
  if (size !== undefined) {
    const field = header.safeParse(size.fieldToMatch).data?.singleHeader.name;
    return `${field ?? keyOf(size.fieldToMatch)} of more than ${size.size} bytes`;
  }
  const parts = either.safeParse(statement).data?.orStatement.statements;
  if (parts !== undefined) return parts.map((part) => statementOf(graph, part)).join(" or ");
  const all = every.safeParse(statement).data?.andStatement.statements;
  if (all !== undefined) return all.map((part) => statementOf(graph, part)).join(" and ");
  const bytes = matched.safeParse(statement).data?.byteMatchStatement;
  if (bytes !== undefined) return `${keyOf(bytes.fieldToMatch)} ${bytes.searchString}`;
  const inverse = negated.safeParse(statement).data?.notStatement.statement;
  if (inverse !== undefined) return `not ${statementOf(graph, inverse)}`;
  const set = ipSet.safeParse(statement).data?.ipSetReferenceStatement.arn;
  if (set !== undefined) return `address in ${graph.nameOf(set)}`;
  return keyOf(statement).replace(/Statement$/, "");
}

/** AWS names a choice by the one key of an object: `{ count: {} }`. */
function keyOf(choice: Record<string, unknown>): string {
  return Object.keys(choice).join(", ") || text(choice);
}
