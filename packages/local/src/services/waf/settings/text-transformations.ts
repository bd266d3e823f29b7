/** Settings of statements: text transformations. */
import * as z from "zod";

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

/** A text transformation. */
export type TextTransformation = (typeof transformationTypes)[number];
