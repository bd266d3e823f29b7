/** Rules about what models demand of bodies, and that models see them. */
import * as z from "zod";
import { ruleFor, unless } from "./graph.ts";
import { readJson } from "./json.ts";

const NAME = "requests-are-validated";

const objectSchema = z.object({
  properties: z.record(z.string(), z.looseObject({})),
  required: z.array(z.string()).min(1),
  additionalProperties: z.literal(false),
});

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
  const { description: _, ...demands } = schema;
  if (schema["type"] !== "object") {
    return unless(Object.keys(demands).length > 0, `must say what ${where} may be`);
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
