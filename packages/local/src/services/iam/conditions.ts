/**
 * Conditions of statements. Operators, and their result for a key that a request does not have:
 * documented, IAM/reference_policies_elements_condition_operators
 */
import * as z from "zod";
import { isKnownIn, type RequestContext } from "./context.ts";
import { arnLike, like } from "./patterns.ts";

const valueText = z
  .union([z.string(), z.boolean(), z.number()])
  .transform(String)
  .refine((text) => !text.includes("${"), { error: "policy variables are not evaluated" });

const operatorName = z.string().refine((name) => !/^For(?:All|Any)Values?:/.test(name), {
  error: "ForAllValues and ForAnyValue are not evaluated",
});

/** Values by key by operator; a single value becomes a list. */
export const conditionElement = z.record(
  operatorName,
  z.record(z.string(), z.union([valueText.transform((text) => [text]), z.array(valueText)])),
);

type Condition = z.infer<typeof conditionElement>;

/** Whether a condition is met; unknown where the local cloud cannot evaluate it. */
export type ConditionResult = "met" | "unmet" | "unknown";

type Matches = (pattern: string, value: string) => boolean;

/** ArnEquals and ArnLike are the same (documented). */
const operators: ReadonlyMap<string, Matches> = new Map<string, Matches>([
  ["StringEquals", (pattern, value) => pattern === value],
  ["StringEqualsIgnoreCase", sameText],
  ["StringLike", like],
  ["ArnEquals", arnLike],
  ["ArnLike", arnLike],
  ["Bool", sameText],
]);

/**
 * Evaluates a condition: every key of every operator must be met, one of several values is enough,
 * and none may match when the operator is negated (documented:
 * IAM/reference_policies_multi-value-conditions).
 */
export function evaluateCondition(
  condition: Condition | undefined,
  context: RequestContext,
): ConditionResult {
  const results = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => evaluateKey(operator, key, values, context)),
  );
  if (results.includes("unmet")) return "unmet";
  return results.includes("unknown") ? "unknown" : "met";
}

function evaluateKey(
  operator: string,
  key: string,
  values: readonly string[],
  context: RequestContext,
): ConditionResult {
  if (!isKnownIn(context, key)) return "unknown";
  const value = context.get(key.toLowerCase());
  if (operator === "Null") return met(values.includes(String(value === undefined)));
  const known = readOperator(operator);
  if (known === undefined) return "unknown";
  const { matches, isNegated, ifExists } = known;
  if (value === undefined) return met(isNegated || ifExists);
  return met(values.some((pattern) => matches(pattern, value)) !== isNegated);
}

function met(holds: boolean): ConditionResult {
  return holds ? "met" : "unmet";
}

/** Parses `ArnNotLikeIfExists`; undefined for an operator that is not supported. */
function readOperator(operator: string) {
  const name = operator.replace(/IfExists$/, "");
  const positive = name.replace(/^(String|Arn)Not/, "$1");
  const matches = operators.get(positive);
  return matches && { matches, isNegated: positive !== name, ifExists: name !== operator };
}

/** Whether an operator is supported. */
export function isKnownOperator(operator: string): boolean {
  return operator === "Null" || readOperator(operator) !== undefined;
}

function sameText(pattern: string, value: string): boolean {
  return pattern.toLowerCase() === value.toLowerCase();
}
