/** What API Gateway validates of a request, generated from the contract's zod schemas. */
import {
  type Body,
  type Described,
  type RequestInputs,
  routeRows,
} from "@secure-lambda/functions/contract";
import * as z from "zod";

/** Every model of a request body, by name; routes share them. */
export const requestModels: ReadonlyMap<string, Body> = new Map(
  routeRows.flatMap(({ request: { json } }) => (json === undefined ? [] : [[json.model, json]])),
);

/**
 * A body as JSON Schema draft 4, the version that API Gateway supports (documented). It is never
 * stricter than the zod schema: a name's maximum length of 1,024 counts UTF-16 units before
 * normalization, so that no valid name exceeds it, whichever way the gateway counts. There is no
 * `pattern`: draft 4 has those of ECMA 262, which then had no Unicode properties, and which dialect
 * API Gateway reads is not documented. What a name may hold is a description here, and the function's
 * to check.
 */
export const requestModelSchema = ({ schema }: Described): string =>
  JSON.stringify(z.toJSONSchema(schema, { target: "draft-4", io: "input" }));

/** The parameters of a method, and whether each is required; those of a path always are. */
export function requestParameters({ param, query }: RequestInputs): Record<string, boolean> {
  return Object.fromEntries([
    ...fieldsOf(param).map(({ field }) => [`method.request.path.${field}`, true] as const),
    ...fieldsOf(query).map(
      ({ field, required }) => [`method.request.querystring.${field}`, required] as const,
    ),
  ]);
}

/** A field of an input, and what is said of it. */
export interface Field {
  readonly field: string;
  readonly required: boolean;
  readonly rule: string;
}

const objectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

/** The fields of an input, as its JSON Schema has them. */
export function fieldsOf(input: Described | undefined): readonly Field[] {
  if (input === undefined) return [];
  const { properties, required } = objectSchema.parse(
    z.toJSONSchema(input.schema, { io: "input" }),
  );
  return Object.entries(properties).map(([field, { pattern: _dialect, ...schema }]) => ({
    field,
    required: required.includes(field),
    rule: ruleOf(schema),
  }));
}

/** A field's own words, else the keywords of its JSON Schema. */
function ruleOf({ description, ...keywords }: Readonly<Record<string, unknown>>): string {
  if (typeof description === "string") return description;
  return Object.entries(keywords)
    .map(([keyword, value]) => `${keyword} ${JSON.stringify(value).replaceAll('"', "")}`)
    .join(", ");
}
