/**
 * The conditions of filter policies (documented: SNS/string-value-matching,
 * SNS/numeric-value-matching, SNS/attribute-key-matching). What is wrong with one is said in AWS's
 * words (recorded: LocalStack test_validate_policy…, aws/event-ruler, which SNS evaluates them with).
 */
import { BlockList, isIP } from "node:net";
import { isInNumberRange, numberRange } from "../numbers.ts";

/** Whether the values of a property fit; undefined values where the message does not have it. */
export type Condition = (values: readonly unknown[] | undefined, hasProperties: boolean) => boolean;

/** Thrown for a policy that is not valid. */
export class FilterPolicyError extends Error {}

/** One item of a property's list. @throws FilterPolicyError */
export function conditionOf(item: unknown): Condition {
  if (Array.isArray(item)) throw notAValue();
  if (typeof item !== "object" || item === null) {
    checkNumber(item);
    return some((value) => value === item);
  }
  const [[operator, operand] = ["", undefined], another] = Object.entries(item);
  if (another !== undefined) {
    throw new FilterPolicyError("Only one key allowed in match expression");
  }
  const build = operators.get(operator);
  if (build === undefined) throw new FilterPolicyError(`Unrecognized match type ${operator}`);
  return build(operand);
}

function notAValue() {
  return new FilterPolicyError("Match value must be String, number, true, false, or null");
}

function some(fits: (value: unknown) => boolean): Condition {
  return (values) => values?.some(fits) ?? false;
}

/** A condition on texts. */
function text(operator: string, fits: (value: string, operand: string) => boolean) {
  return (operand: unknown): Condition => {
    if (typeof operand !== "string") {
      throw new FilterPolicyError(`${operator} match pattern must be a string`);
    }
    return some((value) => typeof value === "string" && fits(value, operand));
  };
}

const startsWith = text("prefix", (value, prefix) => value.startsWith(prefix));

const operators = new Map<string, (operand: unknown) => Condition>([
  ["prefix", startsWith],
  ["suffix", text("suffix", (value, suffix) => value.endsWith(suffix))],
  [
    "equals-ignore-case",
    text("equals-ignore-case", (value, other) => value.toLowerCase() === other.toLowerCase()),
  ],
  ["anything-but", anythingBut],
  ["exists", exists],
  ["numeric", numeric],
  ["cidr", cidr],
]);

/** Words that `$or` cannot have as names of properties. */
export const reservedNames: readonly string[] = [...operators.keys(), "exactly", "wildcard"];

/** Of several values, one that fits is enough. */
function anythingBut(operand: unknown): Condition {
  if (typeof operand === "object" && operand !== null && !Array.isArray(operand)) {
    const [[operator, prefix] = ["", undefined]] = Object.entries(operand);
    if (operator !== "prefix" || Object.keys(operand).length > 1) {
      throw new FilterPolicyError(`Unsupported anything-but pattern: ${operator}`);
    }
    const isExcluded = startsWith(prefix);
    return some((value) => value !== null && !isExcluded([value], true));
  }
  const excluded: unknown[] = [operand].flat();
  const kinds = new Set(excluded.map((value) => typeof value));
  if (kinds.size !== 1 || !(kinds.has("string") || kinds.has("number"))) {
    const problem =
      "Inside anything but list, either all values are number or string, mixed type is not supported";
    throw new FilterPolicyError(problem);
  }
  excluded.forEach(checkNumber);
  return some((value) => value !== null && !excluded.includes(value));
}

function exists(operand: unknown): Condition {
  if (typeof operand !== "boolean") {
    throw new FilterPolicyError("exists match pattern must be either true or false.");
  }
  return operand
    ? some((value) => value !== null && value !== "")
    : (values, hasProperties) => values === undefined && hasProperties;
}

const comparisons = new Map<unknown, (value: number, operand: number) => boolean>([
  ["=", (value, operand) => value === operand],
  ["<", (value, operand) => value < operand],
  ["<=", (value, operand) => value <= operand],
  [">", (value, operand) => value > operand],
  [">=", (value, operand) => value >= operand],
]);

/** `[OPERATOR, NUMBER]`, or a range of two. */
function numeric(operand: unknown): Condition {
  if (!Array.isArray(operand)) {
    throw new FilterPolicyError("Value of numeric must be an array.");
  }
  const terms: readonly unknown[] = operand;
  const [first, bottom, second, top, ...more] = terms;
  if (typeof first !== "string") {
    const member = first === undefined ? "]" : JSON.stringify(first);
    throw new FilterPolicyError(`Invalid member in numeric match: ${member}`);
  }
  const compare = comparisons.get(first);
  if (compare === undefined) {
    throw new FilterPolicyError(`Unrecognized numeric range operator: ${first}`);
  }
  const least = numberOf(first, bottom);
  const fits = (value: unknown) => typeof value === "number" && compare(value, least);
  if (terms.length === 2) return some(fits);

  if (!first.startsWith(">")) {
    throw new FilterPolicyError("Too many elements in numeric expression");
  }
  if (typeof second !== "string") {
    throw new FilterPolicyError(`Bad value in numeric range: ${JSON.stringify(second)}`);
  }
  const compareTop = second.startsWith("<") ? comparisons.get(second) : undefined;
  if (compareTop === undefined) {
    throw new FilterPolicyError(`Bad numeric range operator: ${second}`);
  }
  const most = numberOf(second, top);
  if (most <= least) throw new FilterPolicyError("Bottom must be less than top");
  if (more.length > 0) {
    throw new FilterPolicyError("Too many terms in numeric range expression");
  }
  return some((value) => typeof value === "number" && fits(value) && compareTop(value, most));
}

function numberOf(operator: string, term: unknown): number {
  if (typeof term !== "number") {
    const name = operator === "=" ? "equals" : operator;
    throw new FilterPolicyError(`Value of ${name} must be numeric`);
  }
  checkNumber(term);
  return term;
}

function checkNumber(value: unknown): void {
  if (typeof value !== "number" || isInNumberRange(value)) return;
  throw new FilterPolicyError(`${value} is not a number from ${numberRange}`);
}

/** A network of IPv4 or IPv6 addresses. */
function cidr(operand: unknown): Condition {
  if (typeof operand !== "string") {
    throw new FilterPolicyError("prefix match pattern must be a string");
  }
  const [address = "", mask, ...more] = operand.split("/");
  if (mask === undefined || more.length > 0) {
    throw new FilterPolicyError("Malformed CIDR, one '/' required");
  }
  if (!/^\d{1,3}$/.test(mask)) {
    throw new FilterPolicyError("Malformed CIDR, mask bits must be an integer");
  }
  const version = isIP(address);
  if (version === 0) throw new FilterPolicyError(`Nonstandard IP address: ${address}`);
  const longest = version === 4 ? 32 : 128;
  if (Number(mask) > longest) {
    throw new FilterPolicyError(`Malformed CIDR, at most ${longest} mask bits are possible`);
  }
  const family = version === 4 ? "ipv4" : "ipv6";
  const network = new BlockList();
  network.addSubnet(address, Number(mask), family);
  return some(
    (value) => typeof value === "string" && isIP(value) === version && network.check(value, family),
  );
}
