/** Computes an expression of metric math. */
import { invalidExpression, unsupportedMath } from "./errors.ts";
import { callFunction, type Request } from "./functions.ts";
import type { Expression, Operator } from "./parse.ts";
import { combine, type TimeSeries } from "./series.ts";
import { isList, isOperand, type Value } from "./values.ts";

/** The request that an expression is in. */
export interface ComputeRequest extends Request {
  /** The result of a query by its id; undefined for none. @throws AwsError when it fails */
  result(id: string): TimeSeries | readonly TimeSeries[] | undefined;
  /** Counts the data points of an operand. @throws AwsError for too many */
  count(points: number): void;
}

const truth = (holds: boolean) => (holds ? 1 : 0);

const operators: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  "||": (left, right) => truth(left !== 0 || right !== 0),
  "&&": (left, right) => truth(left !== 0 && right !== 0),
  "==": (left, right) => truth(left === right),
  "!=": (left, right) => truth(left !== right),
  "<": (left, right) => truth(left < right),
  "<=": (left, right) => truth(left <= right),
  ">": (left, right) => truth(left > right),
  ">=": (left, right) => truth(left >= right),
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
};

/** The operators that take arrays of series too. */
const arithmetic: readonly Operator[] = ["+", "-", "*", "/", "^"];

/** As many as a request has metrics; arrays of arrays would double their series with each expression. */
const mostSeries = 500;

/** Words that are arguments of functions. */
const words = ["REPEAT", "LINEAR"];

/** The value of an expression. @throws AwsError for one that has none. */
export function compute(expression: Expression, request: ComputeRequest): Value {
  const valueOf = (part: Expression) => {
    const value = compute(part, request);
    request.count(pointsOf(value));
    return value;
  };
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "text":
      return { word: expression.value };
    case "name":
      if (words.includes(expression.name)) return { word: expression.name };
      return request.result(expression.name) ?? unknownName(expression.name);
    case "list":
      return arrayOf(expression.items.map(valueOf));
    case "negative":
      return operate("*", -1, valueOf(expression.operand));
    case "operation": {
      const [left, right] = expression.operands;
      return operate(expression.operator, valueOf(left), valueOf(right));
    }
    case "call":
      return callFunction(expression.name, expression.args.map(valueOf), request);
    default:
      return expression satisfies never;
  }
}

function pointsOf(value: Value): number {
  if (isList(value)) return value.reduce((sum, { points }) => sum + points.size, 0);
  return typeof value === "object" && "points" in value ? value.points.size : 1;
}

function operate(operator: Operator, left: Value, right: Value): Value {
  const isArithmetic = arithmetic.includes(operator);
  if (isList(left) && isArithmetic) return left.map((one) => single(operator, one, right));
  if (isList(right) && isArithmetic) return right.map((one) => single(operator, left, one));
  return onNumbers(operator, left, right);
}

function single(operator: Operator, left: Value, right: Value): TimeSeries {
  const result = onNumbers(operator, left, right);
  if (typeof result === "number") throw wrongOperands(operator);
  return result;
}

function onNumbers(operator: Operator, left: Value, right: Value): number | TimeSeries {
  return combine(operandOf(operator, left), operandOf(operator, right), operators[operator]);
}

function operandOf(operator: Operator, value: Value): number | TimeSeries {
  if (isOperand(value)) return value;
  throw wrongOperands(operator);
}

/** An array of series; one of arrays has the series of all. @throws AwsError */
function arrayOf(items: readonly Value[]): readonly TimeSeries[] {
  const series = items.flatMap(seriesOf);
  if (series.length > mostSeries)
    throw unsupportedMath(`an array of more than ${mostSeries} series`);
  return series;
}

/** The series of an array's item. */
function seriesOf(value: Value): readonly TimeSeries[] {
  if (isList(value)) return value;
  if (typeof value === "number" || "word" in value) {
    throw invalidExpression("an array has time series only");
  }
  return [value];
}

function wrongOperands(operator: Operator) {
  return invalidExpression(`${operator} does not take these operands`);
}

function unknownName(name: string): never {
  throw invalidExpression(`no query has the id ${name}`);
}
