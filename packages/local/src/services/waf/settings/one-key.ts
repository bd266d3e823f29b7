/** Objects with exactly one property, as AWS WAF's unions are. */
import * as z from "zod";

/** An object without properties, as AWS WAF writes "this one, with nothing to set". */
export const empty = z.strictObject({});

/** Whether exactly one property has a value. */
export function hasOneKey(value: object): boolean {
  return Object.values(value).filter((part) => part !== undefined).length === 1;
}
