/** The parameters of a query or a form: each at most once, as OAuth asks for (RFC 6749, 3.1). */

/** Parameters by their names; an empty one counts as left out. */
export interface Parameters {
  get(name: string): string | undefined;
  /** Names that are there more than once. */
  readonly repeated: ReadonlySet<string>;
}

/** Reads parameters; of a repeated one it takes none. */
export function parametersOf(given: URLSearchParams): Parameters {
  const names = new Set<string>();
  const repeated = new Set<string>();
  for (const name of given.keys()) (names.has(name) ? repeated : names).add(name);
  return {
    repeated,
    get: (name) => (repeated.has(name) ? undefined : given.get(name) || undefined),
  };
}
