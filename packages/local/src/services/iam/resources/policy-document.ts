/** JSON among the inputs of resources: policies, and texts that must hold an object. */
import type { Limitation } from "../../../provider/limitations.ts";
import { unsupportedHere } from "../../../provider/rejected-inputs.ts";
import * as z from "zod";
import { problemWithResourcePolicy } from "../policy.ts";
import { unevaluatedConditions } from "../unevaluated.ts";

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

/** A policy, as text or as the object itself. Whether AWS would take it is not checked. */
export const policyDocument = z.union([jsonObjectText, anyObject]);

/** What such an input is. */
export type PolicyDocument = z.infer<typeof policyDocument>;

/** A policy by which calls on its resource are authorized: rejected if it cannot be evaluated. */
export const resourcePolicy = policyDocument.superRefine(
  (document, context) => {
    const message = problemWithResourcePolicy(policyText(document));
    if (message === undefined) return;
    context.addIssue({ code: "custom", message, params: unsupportedHere });
  },
  // AWS too rejects what is no JSON.
  { when: ({ issues }) => issues.length === 0 },
);

/** The text of a policy. */
export function policyText(document: PolicyDocument): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

/** The conditions of policies that cannot be evaluated here, a limitation each. */
export function conditionLimitations(
  ...documents: readonly (PolicyDocument | undefined)[]
): Limitation[] {
  return documents
    .filter((document) => document !== undefined)
    .flatMap((document) => unevaluatedConditions(policyText(document)))
    .map((condition) => ({
      service: "IAM",
      text: `condition ${condition} is not known here, so never met in an allow and always in a deny`,
    }));
}
