/** Reads the JSON Schema of models: draft 4 only. */
import * as z from "zod";
import { UnsupportedConfigurationError } from "./configuration-errors.ts";

/** A draft 4 schema translated to draft 7, which the validator understands. */
type Schema = Record<string, unknown>;

const schema: z.ZodType<Schema> = z.lazy(() => draft4);
const schemas = z.array(schema).min(1);
const schemaByName = z.record(z.string(), schema);
const flagOrSchema = z.union([z.boolean(), schema]);
const count = z.int().min(0);
const names = z.array(z.string()).min(1);
const type = z.enum(["array", "boolean", "integer", "null", "number", "object", "string"]);

/** All of draft 4 but `id` and `format`; which formats API Gateway knows is not documented. */
const keywords = z.strictObject({
  $schema: z
    .literal("http://json-schema.org/draft-04/schema#", "API Gateway's models are in draft 4")
    .optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  $ref: z.string().optional(),
  definitions: schemaByName.optional(),
  type: z.union([type, z.array(type).min(1)]).optional(),
  enum: z.array(z.unknown()).min(1).optional(),
  allOf: schemas.optional(),
  anyOf: schemas.optional(),
  oneOf: schemas.optional(),
  not: schema.optional(),
  multipleOf: z.number().positive().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.boolean().optional(),
  maximum: z.number().optional(),
  exclusiveMaximum: z.boolean().optional(),
  minLength: count.optional(),
  maxLength: count.optional(),
  pattern: z.string().optional(),
  items: z.union([schema, schemas]).optional(),
  additionalItems: flagOrSchema.optional(),
  minItems: count.optional(),
  maxItems: count.optional(),
  uniqueItems: z.boolean().optional(),
  properties: schemaByName.optional(),
  patternProperties: schemaByName.optional(),
  additionalProperties: flagOrSchema.optional(),
  required: names.optional(),
  dependencies: z.record(z.string(), z.union([names, schema])).optional(),
  minProperties: count.optional(),
  maxProperties: count.optional(),
});

const draft4 = keywords
  .refine(isOnlyReference, "draft 4 ignores what stands beside $ref")
  .refine(
    ({ minimum, exclusiveMinimum }) => exclusiveMinimum === undefined || minimum !== undefined,
    "exclusiveMinimum needs a minimum",
  )
  .refine(
    ({ maximum, exclusiveMaximum }) => exclusiveMaximum === undefined || maximum !== undefined,
    "exclusiveMaximum needs a maximum",
  )
  .transform(inDraft7);

/** The keywords allowed beside a reference, since they assert nothing. */
const besideReference = new Set([
  "$ref",
  "$schema",
  "title",
  "description",
  "default",
  "definitions",
]);

type Keywords = z.infer<typeof keywords>;

/**
 * Reads the schema of a model from its JSON text.
 * @throws UnsupportedConfigurationError naming the keyword and where it is, for anything that
 * is not draft 4 or is not validated here.
 */
export function readSchema(text: string): Schema {
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  throw new UnsupportedConfigurationError(`this model: ${z.prettifyError(result.error)}`);
}

function parseJson(text: string): unknown {
  // Zod skips a property of this name, so its part of the schema would be lost.
  if (text.includes('"__proto__"')) {
    throw new UnsupportedConfigurationError('the name "__proto__" in a model');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new UnsupportedConfigurationError(`a model that is not JSON: ${cause.message}`);
  }
}

function isOnlyReference(given: Keywords): boolean {
  const beside = Object.keys(given).filter((keyword) => !besideReference.has(keyword));
  return given.$ref === undefined || beside.length === 0;
}

/** Draft 4's `exclusive…` flags became limits in draft 6. */
function inDraft7({ exclusiveMinimum, exclusiveMaximum, ...others }: Keywords): Schema {
  const { minimum, maximum, ...rest } = others;
  return {
    ...rest,
    ...(minimum !== undefined && { [exclusiveMinimum ? "exclusiveMinimum" : "minimum"]: minimum }),
    ...(maximum !== undefined && { [exclusiveMaximum ? "exclusiveMaximum" : "maximum"]: maximum }),
  };
}
