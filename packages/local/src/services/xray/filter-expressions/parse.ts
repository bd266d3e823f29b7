/** Filter expressions of GetTraceSummaries (documented: XRAY/xray-console-filters). */
import { unsupported } from "../../../aws-protocol/errors.ts";
import { comparisonWith, isOperator, type Compare } from "./comparisons.ts";
import { keywords, type Facts, type ServiceFacts } from "./facts.ts";
import { invalidExpression, tokensOf, type Token } from "./tokens.ts";

/** Whether an expression selects a trace, or a service of one. */
export type Filter = (facts: Facts) => boolean;

const everything: Filter = () => true;

/** Levels of parentheses; AWS documents no limit. */
const deepest = 50;

/** Reads an expression; an empty one selects everything. @throws AwsError InvalidRequestException, by name for what is not supported */
export function parseFilter(expression: string): Filter {
  if (expression.trim() === "") return everything;
  const tokens = tokensOf(expression);
  let position = 0;
  let depth = 0;

  const isNext = (value: string) => {
    const token = tokens[position];
    return token?.kind !== "text" && String(token?.value).toUpperCase() === value;
  };

  function skip(value: string): boolean {
    if (!isNext(value)) return false;
    position += 1;
    return true;
  }

  function expect(value: string): void {
    if (skip(value)) return;
    const found = tokens[position]?.value;
    throw invalidExpression(
      `"${value}" is expected ${found === undefined ? "at its end" : `before "${found}"`}`,
    );
  }

  function take(): Token {
    const token = tokens[position];
    if (token === undefined) throw invalidExpression("it is not complete");
    position += 1;
    return token;
  }

  function alternatives(): Filter {
    depth += 1;
    if (depth > deepest) throw invalidExpression(`it is nested more than ${deepest} times`);
    const filters = [conjunction()];
    while (skip("OR")) filters.push(conjunction());
    depth -= 1;
    return (facts) => filters.some((filter) => filter(facts));
  }

  function conjunction(): Filter {
    const filters = [negation()];
    while (skip("AND")) filters.push(negation());
    return (facts) => filters.every((filter) => filter(facts));
  }

  function negation(): Filter {
    let isNegated = false;
    while (skip("!") || skip("NOT")) isNegated = !isNegated;
    const filter = term();
    return isNegated ? (facts) => !filter(facts) : filter;
  }

  function term(): Filter {
    if (!skip("(")) return keyword(take());
    const filter = alternatives();
    expect(")");
    return filter;
  }

  function keyword({ kind, value }: Token): Filter {
    if (kind !== "word") throw invalidExpression(`"${value}" is no keyword`);
    const name = value.toLowerCase();
    if (name === "service" && skip("(")) return service();
    if (name === "annotation" && skip("[")) {
      const key = String(take().value);
      expect("]");
      return annotation(key);
    }
    if (name.startsWith("annotation.")) return annotation(value.slice("annotation.".length));
    const flag = keywords.flag.find((known) => known === name);
    if (flag !== undefined) {
      const compare = comparison() ?? ((is) => is === true);
      return ({ flag: flags }) => compare(flags[flag]);
    }
    const number = keywords.number.find((known) => known === name);
    if (number !== undefined) {
      const compare = comparisonOf("number", name);
      return ({ number: numbers }) => compare(numbers[number]);
    }
    const text = keywords.text.find((known) => known === name);
    if (text === undefined) {
      throw unsupported(`the filter keyword "${value}"`, "InvalidRequestException");
    }
    const compare = comparisonOf("text", name);
    return ({ text: texts }) => compare(texts[text]);
  }

  /** Without an operator, it is met where the annotation exists. */
  function annotation(key: string): Filter {
    const compare = comparison() ?? (() => true);
    return ({ annotations }) => annotations.some(([name, value]) => name === key && compare(value));
  }

  function comparison(): Compare | undefined {
    const operator = tokens[position];
    if (operator === undefined || !isOperator(operator)) return undefined;
    position += 1;
    return comparisonWith(String(operator.value), take());
  }

  function comparisonOf(kind: "number" | "text", name: string): Compare {
    const compare = comparison();
    if (compare === undefined) throw invalidExpression(`${name} needs an operator and a value`);
    if (tokens[position - 1]?.kind !== kind) throw invalidExpression(`${name} is a ${kind}`);
    return compare;
  }

  /** `service()`, `service("name")` or `service(id(name: "name", type: "type"))`, with an optional filter. */
  function service(): Filter {
    const wanted = isNext(")") ? {} : serviceId();
    expect(")");
    const filter = skip("{") ? bracedFilter() : everything;
    const isWanted = ({ name, type }: ServiceFacts) =>
      (wanted.name ?? name) === name && (wanted.type ?? type) === type;
    return ({ services }) => services.some((found) => isWanted(found) && filter(found));
  }

  function bracedFilter(): Filter {
    const filter = isNext("}") ? everything : alternatives();
    expect("}");
    return filter;
  }

  function serviceId(): { name?: string; type?: string } {
    const first = take();
    if (first.kind === "text") return { name: first.value };
    if (first.value !== "id") throw invalidExpression(`service has no "${first.value}"`);
    expect("(");
    const wanted: { name?: string; type?: string } = {};
    do {
      const { value: member } = take();
      if (member !== "name" && member !== "type") {
        throw unsupported(`the member "${member}" of id`, "InvalidRequestException");
      }
      expect(":");
      wanted[member] = String(take().value);
    } while (skip(","));
    expect(")");
    return wanted;
  }

  const filter = alternatives();
  const rest = tokens[position];
  if (rest !== undefined) throw invalidExpression(`"${rest.value}" is not expected`);
  return filter;
}
