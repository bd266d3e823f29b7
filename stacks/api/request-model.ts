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
 * `pattern` and no `format`: draft 4 has the patterns of ECMA 262, which then had no Unicode
 * properties, and neither which dialect API Gateway reads nor which formats it knows is documented.
 * What a name may hold is a description here, and the function's to check.
 */
export const requestModelSchema = ({ schema }: Described): string =>
  JSON.stringify(
    z.toJSONSchema(schema, {
      target: "draft-4",
      io: "input",
      override: ({ jsonSchema }) => {
        delete jsonSchema.pattern;
        delete jsonSchema.format;
      },
    }),
  );

/** The parameters of a method, and whether each is required; those of a path always are. */
export function requestParameters({ param, query }: RequestInputs): Record<string, boolean> {
  return Object.fromEntries([
    ...fieldsOf(param).map(({ field }) => [`method.request.path.${field}`, true] as const),
    ...fieldsOf(query).map(
      ({ field, required }) => [`method.request.querystring.${field}`, required] as const,
    ),
  ]);
}

/** A field of an input, and what is said of it; a field of an object within it is `address.city`. */
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
  return fieldsIn(
    z.toJSONSchema(input.schema, {
      io: "input",
      override: ({ jsonSchema }) => {
        delete jsonSchema.pattern;
      },
    }),
  );
}

function fieldsIn(object: unknown, path = ""): readonly Field[] {
  const { properties, required } = objectSchema.parse(object);
  return Object.entries(properties).flatMap(([name, schema]) => {
    const field = `${path}${name}`;
    return [
      { field, required: required.includes(name), rule: ruleOf(schema) },
      ...fieldsIn(schema, `${field}.`),
    ];
  });
}

/** A field's own words, else the keywords of its JSON Schema; an object's fields have their own rules. */
function ruleOf({ description, ...keywords }: Readonly<Record<string, unknown>>): string {
  if (typeof description === "string") return description;
  if ("properties" in keywords) return "type object";
  return Object.entries(keywords)
    .map(([keyword, value]) => `${keyword} ${JSON.stringify(value).replaceAll('"', "")}`)
    .join(", ");
}
