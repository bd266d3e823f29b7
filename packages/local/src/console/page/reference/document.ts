/** The operations of an OpenAPI document, as the page shows them. */
import * as z from "zod/mini";

const anything = z.record(z.string(), z.unknown());

/** A description of an API. */
export const apiDocument = z.looseObject({
  openapi: z.string().check(z.regex(/^3\.1\./, "expected OpenAPI 3.1")),
  info: z.looseObject({ title: z.string(), description: z._default(z.string(), "") }),
  paths: z.record(z.string(), anything),
});

/** The same, as it is read. */
export type ApiDocument = z.infer<typeof apiDocument>;

const referenced = z.looseObject({ $ref: z.string() });

const content = z._default(
  z.record(z.string(), z.looseObject({ schema: z.unknown(), example: z.optional(z.unknown()) })),
  {},
);

const operationSchema = z.looseObject({
  operationId: z._default(z.string(), ""),
  description: z._default(z.string(), ""),
  security: z._default(z.array(anything), []),
  parameters: z._default(z.array(z.unknown()), []),
  requestBody: z.optional(z.unknown()),
  responses: anything,
});

const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z._default(z.boolean(), false),
  description: z._default(z.string(), ""),
});

const messageSchema = z.looseObject({ description: z._default(z.string(), ""), content });

/** A request or a response of an operation. */
export interface Message {
  readonly description: string;
  /** Absent for a body of which nothing is known. */
  readonly type: string | undefined;
  /** JSON of its schema, whose references are followed. */
  readonly schema: string;
  readonly example: string;
}

/** An operation. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly description: string;
  /** The names of its security schemes. */
  readonly security: readonly string[];
  readonly parameters: readonly z.infer<typeof parameterSchema>[];
  readonly request: Message | undefined;
  readonly responses: readonly (Message & { readonly status: string })[];
}

const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/** The operations, in the document's order. @throws ZodError for a document that is no OpenAPI */
export function operationsOf(document: ApiDocument): Operation[] {
  const follow = (value: unknown) => followed(document, value, new Set());
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.has(method))
      .map(([method, value]): Operation => {
        const { responses, requestBody, ...operation } = operationSchema.parse(value);
        return {
          method: method.toUpperCase(),
          path,
          id: operation.operationId,
          description: operation.description,
          security: operation.security.flatMap((one) => Object.keys(one)),
          parameters: operation.parameters.map((one) => parameterSchema.parse(follow(one))),
          request: requestBody === undefined ? undefined : messageOf(follow(requestBody)),
          responses: Object.entries(responses).map(([status, response]) => ({
            status,
            ...messageOf(follow(response)),
          })),
        };
      }),
  );
}

function messageOf(value: unknown): Message {
  const { description, content: types } = messageSchema.parse(value);
  const [[type, { schema, example }] = [undefined, { schema: undefined, example: undefined }]] =
    Object.entries(types);
  return { description, type, schema: jsonOf(schema), example: jsonOf(example) };
}

const jsonOf = (value: unknown) => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** The value with what its references name in their place; one within itself stays a reference. */
function followed(document: ApiDocument, value: unknown, within: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => followed(document, one, within));
  if (typeof value !== "object" || value === null) return value;
  const { data } = referenced.safeParse(value);
  if (data !== undefined) {
    if (within.has(data.$ref)) return value;
    return followed(document, at(document, data.$ref), new Set(within).add(data.$ref));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, followed(document, one, within)]),
  );
}

/** What a local reference names: `#/components/schemas/Problem`. */
function at(document: unknown, reference: string): unknown {
  const keys = reference.replace(/^#\//, "").split("/");
  return keys.reduce(
    (value, key) =>
      anything.safeParse(value).data?.[key.replaceAll("~1", "/").replaceAll("~0", "~")],
    document,
  );
}
