/** Names with values: headers, cookies and query arguments. */
import type { NameFilter, Scope } from "../settings/field-to-match.ts";

/** In the order of the request. Text is Latin-1: a character is a byte. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** Names and values of the query string, neither of them decoded. */
export function queryArguments(queryString: string): Pairs {
  return queryString === "" ? [] : queryString.split("&").map(pairOf);
}

/** The cookies of every Cookie header. */
export function cookiesOf(headers: Pairs): Pairs {
  return namedValues(headers, "cookie")
    .flatMap((value) => value.split(";"))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== "")
    .map(pairOf);
}

function pairOf(text: string): [name: string, value: string] {
  const [name = "", ...value] = text.split("=");
  return [name, value.join("=")];
}

/** The values with a name, case-insensitively. */
export function namedValues(pairs: Pairs, name: string): string[] {
  const wanted = name.toLowerCase();
  return pairs.filter(([own]) => own.toLowerCase() === wanted).map(([, value]) => value);
}

/** Names, values or both of the pairs that a filter selects; `fold` is applied to compare names. */
export function textsOf(
  pairs: Pairs,
  { included, excluded }: NameFilter,
  scope: Scope,
  fold = (name: string) => name,
): string[] {
  const isNamed = (names: readonly string[], name: string) =>
    names.some((one) => fold(one) === fold(name));
  return pairs
    .filter(([name]) =>
      included ? isNamed(included, name) : !excluded || !isNamed(excluded, name),
    )
    .flatMap(([name, value]) =>
      scope === "ALL" ? [name, value] : scope === "KEY" ? [name] : [value],
    );
}
