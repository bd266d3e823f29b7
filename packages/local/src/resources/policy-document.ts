/** JSON among the inputs of resources: policies, and texts that must hold an object. */
import * as z from "zod";

const anyObject = z.record(z.string(), z.unknown());

/** JSON text of an object that fits `schema`; `expected` completes "expected …" where it does not. */
export function jsonText(schema: z.ZodType, expected: string) {
  return z.string().refine((text) => {
    try {
      return schema.safeParse(JSON.parse(text)).success;
    } catch {
      return false;
    }
  }, `expected ${expected}`);
}

/** JSON text of any object. */
export const jsonObjectText = jsonText(anyObject, "the JSON of an object");

/** A policy, as text or as the object itself. Whether IAM would take it is not checked. */
export const policyDocument = z.union([jsonObjectText, anyObject]);

/** The text of a policy. */
export function policyText(document: z.infer<typeof policyDocument>): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}
