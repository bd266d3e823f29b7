/** Settings of statements: the request component, and text transformations. */
import * as z from "zod";
import { empty, hasOneKey } from "./one-key.ts";

const named = z.strictObject({ name: z.string().min(1) });

/**
 * The supported components (WAF/waf-rule-statement-fields-list). Headers and cookies as a whole,
 * JSON bodies, fragments and TLS fingerprints are not supported: rejected by name.
 */
export const fieldToMatch = z
  .strictObject({
    allQueryArguments: empty.optional(),
    body: z
      .strictObject({ oversizeHandling: z.enum(["CONTINUE", "MATCH", "NO_MATCH"]).optional() })
      .optional(),
    method: empty.optional(),
    queryString: empty.optional(),
    singleHeader: named.optional(),
    singleQueryArgument: z.strictObject({ name: z.string().min(1).max(30) }).optional(),
    uriPath: empty.optional(),
  })
  .refine(hasOneKey, { error: "Give exactly one component." });

/** The supported transformations; AWS WAF has more, rejected by name. */
const transformationTypes = [
  "NONE",
  "CMD_LINE",
  "COMPRESS_WHITE_SPACE",
  "HTML_ENTITY_DECODE",
  "LOWERCASE",
  "NORMALIZE_PATH",
  "REMOVE_NULLS",
  "REPLACE_COMMENTS",
  "REPLACE_NULLS",
  "URL_DECODE",
] as const;

const textTransformation = z.strictObject({
  priority: z.int().min(0),
  type: z.enum(transformationTypes, {
    error: ({ input }) => `The text transformation ${String(input)} is not supported.`,
  }),
});

/** At least one, with unique priorities, sorted by priority. */
export const textTransformations = z
  .array(textTransformation)
  .min(1)
  .refine((list) => new Set(list.map(({ priority }) => priority)).size === list.length, {
    error: "Two text transformations have the same priority.",
  })
  .transform((list) =>
    list.toSorted((one, other) => one.priority - other.priority).map(({ type }) => type),
  );

/** A request component. */
export type FieldToMatch = z.output<typeof fieldToMatch>;
/** A text transformation. */
export type TextTransformation = (typeof transformationTypes)[number];
