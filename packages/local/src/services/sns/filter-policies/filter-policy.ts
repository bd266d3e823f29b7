/**
 * Filter policies (documented: SNS/sns-subscription-filter-policies,
 * SNS/subscription-filter-policy-constraints).
 */
import { conditionOf, FilterPolicyError, reservedNames, type Condition } from "./conditions.ts";
import type { Properties } from "./properties.ts";

/** What a policy is about. */
export type Scope = "MessageAttributes" | "MessageBody";

/** Whether a message's properties fit. */
export type FilterPolicy = (properties: Properties) => boolean;

const mostKeys = 5;
const mostCombinations = 150;
const largest = 256 * 1024;

/** Reads a policy; an empty one lets every message through. @throws FilterPolicyError */
export function parseFilterPolicy(text: string, scope: Scope): FilterPolicy {
  if (Buffer.byteLength(text) > largest) throw new FilterPolicyError("Filter policy is too long");
  const policy = objectIn(text);
  const keys = Object.keys(policy).length;
  if (keys === 0) return () => true;
  if (keys > mostKeys) {
    throw new FilterPolicyError(`Filter policy can not have more than ${mostKeys} keys`);
  }
  const { fits, combinations } = allOf(policy, [], scope);
  if (combinations > mostCombinations) throw tooComplex();
  return fits;
}

function objectIn(text: string): object {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw new FilterPolicyError("failed to parse JSON.");
  }
  if (isObject(policy)) return policy;
  throw new FilterPolicyError("Filter policy must be an object");
}

interface Part {
  readonly fits: FilterPolicy;
  /** Values multiplied with each other and with the depth of their keys. */
  readonly combinations: number;
}

/** Every property of an object has to fit. */
function allOf(object: object, path: readonly string[], scope: Scope): Part {
  const depth = path.length + 1;
  if (depth > mostCombinations) throw tooComplex();
  const parts = Object.entries(object).map(([key, value]: [string, unknown]): Part => {
    if (key === "$or" && isChoice(value)) return anyOf(value, path, scope);
    const below = [...path, key];
    if (isObject(value)) return allOf(value, below, scope);
    if (!Array.isArray(value)) {
      throw new FilterPolicyError(`"${key}" must be an object or an array`);
    }
    if (value.length === 0) throw new FilterPolicyError("Empty arrays are not allowed");
    const conditions = value.map((item: unknown): Condition => conditionOf(item));
    const name = below.join(".");
    return {
      fits: (properties) =>
        conditions.some((fits) => fits(properties.get(name), properties.size > 0)),
      combinations: value.length * depth,
    };
  });
  if (parts.length === 0) throw new FilterPolicyError("Empty objects are not allowed");
  if (depth > 1 && scope === "MessageAttributes") {
    throw new FilterPolicyError(
      "Filter policy scope MessageAttributes does not support nested filter policy",
    );
  }
  return {
    fits: (properties) => parts.every(({ fits }) => fits(properties)),
    combinations: parts.reduce((product, { combinations }) => product * combinations, 1),
  };
}

/** One of the objects has to fit. */
function anyOf(choices: readonly object[], path: readonly string[], scope: Scope): Part {
  const parts = choices.map((choice) => allOf(choice, path, scope));
  return {
    fits: (properties) => parts.some(({ fits }) => fits(properties)),
    combinations: parts.reduce((sum, { combinations }) => sum + combinations, 0),
  };
}

/** Any other `$or` is a property of that name (documented: SNS/and-or-logic). */
function isChoice(value: unknown): value is object[] {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value.every(
      (item) => isObject(item) && !Object.keys(item).some((key) => reservedNames.includes(key)),
    )
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tooComplex() {
  return new FilterPolicyError("Filter policy is too complex");
}
