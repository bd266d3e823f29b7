/** Headers as the Fetch standard has them, of the part of it that Hono and this app use. */
import { validateHeaderName, validateHeaderValue } from "node:http";

/** Names with values: pairs, other headers, or an object. */
export type HeaderSource = Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

/** How `forEach` hands a header out. */
type Visitor = (value: string, name: string, headers: LightweightHeaders) => void;

const SET_COOKIE = "set-cookie";

/**
 * In place of Node's `Headers`. Names and values are checked by Node's own rules for HTTP/1, which
 * refuse more than the standard (every control character but the tab); each refusal is a `TypeError`.
 */
export class LightweightHeaders {
  readonly #values = new Map<string, readonly string[]>();

  constructor(source: HeaderSource = {}) {
    const pairs = Symbol.iterator in source ? source : Object.entries(source);
    for (const [name, value] of pairs) this.append(name, value);
  }

  append(name: string, value: string): void {
    const key = keyOf(name);
    this.#values.set(key, [...(this.#values.get(key) ?? []), checked(key, value)]);
  }

  set(name: string, value: string): void {
    const key = keyOf(name);
    this.#values.set(key, [checked(key, value)]);
  }

  get(name: string): string | null {
    return this.#values.get(keyOf(name))?.join(", ") ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(keyOf(name));
  }

  delete(name: string): void {
    this.#values.delete(keyOf(name));
  }

  getSetCookie(): string[] {
    return [...(this.#values.get(SET_COOKIE) ?? [])];
  }

  /** By name; cookies are never joined into one value. */
  *entries(): Generator<readonly [string, string]> {
    for (const name of [...this.#values.keys()].toSorted()) {
      const values = this.#values.get(name) ?? [];
      if (name === SET_COOKIE) for (const value of values) yield [name, value];
      else yield [name, values.join(", ")];
    }
  }

  forEach(visit: Visitor): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }

  [Symbol.iterator](): Generator<readonly [string, string]> {
    return this.entries();
  }
}

function keyOf(name: string): string {
  validateHeaderName(name);
  return name.toLowerCase();
}

function checked(name: string, value: string): string {
  const trimmed = trimSpace(value);
  validateHeaderValue(name, trimmed);
  return trimmed;
}

/** Without the standard's white space at its ends; `trim` would take away more than that. */
function trimSpace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isSpace(value[start])) start++;
  while (end > start && isSpace(value[end - 1])) end--;
  return value.slice(start, end);
}

const isSpace = (unit: string | undefined) => unit !== undefined && "\t\n\r ".includes(unit);
