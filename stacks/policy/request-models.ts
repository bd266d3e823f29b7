/** Rules about what models demand of bodies, and that models see them. */
import * as z from "zod";
import { ruleFor, unless } from "./graph.ts";
import { readJson } from "./json.ts";

const NAME = "requests-are-validated";

const someSchema = z.looseObject({});

const objectSchema = z.object({
  properties: z.record(z.string(), someSchema),
  required: z.array(z.string()).min(1),
  additionalProperties: z.literal(false),
  // What these name is no other field.
  patternProperties: z.undefined().optional(),
});

const simple = z.object({ type: z.enum(["number", "integer", "boolean", "null"]) });

/** No text is longer than a body, of which the firewall admits 8 KiB. */
const bounded = z.object({ maxLength: z.int().max(8_192) });
const ofSomeItems = z.object({ maxItems: z.int() });
const choice = z.union([
  z.object({ anyOf: z.array(someSchema).min(1) }).transform(({ anyOf }) => anyOf),
  z.object({ oneOf: z.array(someSchema).min(1) }).transform(({ oneOf }) => oneOf),
]);

const modelsAreStrict = ruleFor(
  NAME,
  "aws:apigateway/model:Model",
  z.object({ schema: z.string() }),
  ({ schema }) => {
    const { data } = z.looseObject({ type: z.literal("object") }).safeParse(readJson(schema));
    return data === undefined ? ["must demand an object"] : looseIn(data, "the body");
  },
);

/** What a schema leaves open, objects within it included. */
function looseIn(schema: Readonly<Record<string, unknown>>, where: string): string[] {
  const { type, items, $ref } = schema;
  // Beside it no other keyword counts (JSON Schema draft 4), and no rule sees where it leads.
  if ($ref !== undefined) return [`must say itself what ${where} may be`];
  if (type === "array") {
    return [
      ...unless(
        ofSomeItems.safeParse(schema).success,
        `must limit the items of ${where} (maxItems)`,
      ),
      ...looseIn(someSchema.catch({}).parse(items), `an item of ${where}`),
    ];
  }
  if (type !== "object") {
    if (Array.isArray(schema["enum"])) return [];
    const { data: options } = choice.safeParse(schema);
    if (options !== undefined) return options.flatMap((one) => looseIn(one, where));
    if (type === "string") {
      const isBounded = bounded.safeParse(schema).success;
      return unless(isBounded, `must limit the length of ${where} to 8192 at most (maxLength)`);
    }
    return unless(simple.safeParse(schema).success, `must say what ${where} may be`);
  }
  const { data } = objectSchema.safeParse(schema);
  if (data === undefined) {
    return [`must name the fields of ${where}, require one at least, and refuse others`];
  }
  return Object.entries(data.properties).flatMap(([name, field]) => looseIn(field, `its ${name}`));
}

/** As binary data, bodies are base64: nothing says that a model sees what is in it (APIGW/api-gateway-payload-encodings). */
const bodiesAreText = ruleFor(
  NAME,
  "aws:apigateway/restApi:RestApi",
  z.object({
    binaryMediaTypes: z.array(z.string()).default([]),
    minimumCompressionSize: z.string().default(""),
  }),
  ({ binaryMediaTypes, minimumCompressionSize }) => [
    ...binaryMediaTypes.map((type) => `must not take ${type} as binary data, which no model sees`),
    // With what a caller sends beside it, a compressed secret can be guessed by its length (BREACH).
    ...unless(minimumCompressionSize === "", "must not compress responses"),
  ],
);

/** Every rule about request models. */
export const requestModelRules = [modelsAreStrict, bodiesAreText];
