/** Values that the API's types leave open. */

/** What a value must be for the test to go on. @throws when it is missing. */
export function present<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error("A value is missing.");
  return value;
}
