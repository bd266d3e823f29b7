/**
 * JSON filter patterns: `{ $.level = "ERROR" && ($.status >= 500 || $.retry IS TRUE) }`
 * (LOGS/matching-terms-json-log-events).
 */
import { invalidPattern, unescapeText, type Matches } from "./pattern-text.ts";

type Test = (json: unknown) => boolean;

const token =
  /^(?:\$(?:\.[\w-]+|\[\d+\])+|"(?:[^"\\]|\\.)*"|&&|\|\||[<>!]=|[<>=(){}]|[\w.*:/@+-]+)/;

/**
 * Compiles a pattern. A message that is not a JSON object never matches (documented), a missing
 * property only NOT EXISTS (for `!=` assumed).
 * @throws AwsError for what AWS rejects, and for unsupported selectors and values.
 */
export function parseJsonPattern(pattern: string): Matches {
  const tokens = tokenize(pattern);
  const take = () => tokens.shift() ?? "";
  const expect = (wanted: string) => {
    const found = take();
    if (found.toUpperCase() !== wanted) throw invalidPattern(found);
  };
  const chain = (operator: string, next: () => Test): Test[] => {
    const tests = [next()];
    while (tokens[0] === operator) {
      take();
      tests.push(next());
    }
    return tests;
  };
  const either = (): Test => {
    const tests = chain("||", both);
    return (json) => tests.some((test) => test(json));
  };
  const both = (): Test => {
    const tests = chain("&&", single);
    return (json) => tests.every((test) => test(json));
  };
  const single = (): Test => {
    const first = take();
    if (first === "(") {
      const inner = either();
      expect(")");
      return inner;
    }
    if (!first.startsWith("$")) throw invalidPattern(first);
    const test = condition(take, expect);
    return (json) => test(select(json, first));
  };

  expect("{");
  const test = either();
  expect("}");
  if (tokens.length > 0) throw invalidPattern(take());
  return (message) => {
    const json = parseObject(message);
    return json !== undefined && test(json);
  };
}

function tokenize(pattern: string): string[] {
  const tokens = [];
  for (let rest = pattern.trim(); rest !== "";) {
    const found = token.exec(rest)?.[0];
    if (found === undefined) throw invalidPattern(rest.slice(0, 1));
    tokens.push(found);
    rest = rest.slice(found.length).trimStart();
  }
  return tokens;
}

/** The condition after a selector. */
function condition(take: () => string, expect: (wanted: string) => void): Test {
  const operator = take();
  if (operator.toUpperCase() === "NOT") {
    expect("EXISTS");
    return (value) => value === undefined;
  }
  if (operator.toUpperCase() === "IS") {
    const wanted = constants.get(take().toUpperCase());
    if (wanted === undefined) throw invalidPattern(operator);
    return (value) => value === wanted;
  }
  const operand = take();
  const number = Number(operand);
  if (operator === "=" || operator === "!=") {
    const equal = Number.isNaN(number) ? textTest(operand) : (value: unknown) => value === number;
    return (value) => isScalar(value) && equal(value) === (operator === "=");
  }
  const compare = comparisons.get(operator);
  if (compare === undefined || Number.isNaN(number)) throw invalidPattern(operand || operator);
  return (value) => typeof value === "number" && compare(value, number);
}

const constants = new Map([
  ["TRUE", true],
  ["FALSE", false],
  ["NULL", null],
]);

const comparisons = new Map<string, (value: number, bound: number) => boolean>([
  ["<", (value, bound) => value < bound],
  ["<=", (value, bound) => value <= bound],
  [">", (value, bound) => value > bound],
  [">=", (value, bound) => value >= bound],
]);

/** A text, quoted or not, in which `*` matches any characters. */
function textTest(operand: string): Test {
  if (operand === "" || /^(?:[<>!=(){}$]|&&|\|\|)/.test(operand)) throw invalidPattern(operand);
  const text = operand.startsWith('"') ? unescapeText(operand.slice(1, -1)) : operand;
  const parts = text.split("*");
  return (value) => typeof value === "string" && hasParts(value, parts);
}

/** Whether a text consists of these parts, in this order, with anything between them. */
function hasParts(text: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let end = first.length;
  for (const part of others) {
    const start = text.indexOf(part, end);
    if (start === -1) return false;
    end = start + part.length;
  }
  return text.length - last.length >= end && text.endsWith(last);
}

function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** The value that a selector refers to; undefined when there is none. */
function select(json: unknown, selector: string): unknown {
  const steps = selector.matchAll(/\.([\w-]+)|\[(\d+)\]/g);
  return [...steps].reduce((value, [, name, index]) => property(value, name ?? index ?? ""), json);
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

function parseObject(message: string): object | undefined {
  if (!message.trimStart().startsWith("{")) return undefined;
  try {
    const json: unknown = JSON.parse(message);
    return typeof json === "object" && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
