/** What of a model a body failed: as API Gateway's log has it, and in words. Nothing that a client sent is in it. */
import type { ErrorObject } from "ajv";

/** A body that its model rejects. */
export interface InvalidBody {
  /** The paths in the schema: `[#/properties/name/maxLength]`. */
  readonly paths: string;
  /** `name: must have at most 256 characters`. */
  readonly words: string;
}

/** Describes the errors of a validator. */
export function describeInvalidBody(errors: readonly ErrorObject[]): InvalidBody {
  return {
    paths: `[${errors.map(({ schemaPath }) => schemaPath).join(", ")}]`,
    words: [...new Set(errors.map(inWords))].join("; "),
  };
}

function inWords(error: ErrorObject): string {
  const { keyword, params, message = "is not valid", parentSchema = {} } = error;
  const field = fieldOf(error.schemaPath);
  if (keyword === "required") return `${pathOf([...field, params["missingProperty"]])}: is missing`;
  const said = phrases[keyword]?.(params, parentSchema) ?? message.replace("NOT", "not");
  return `${field.length === 0 ? "the body" : pathOf(field)}: ${said}`;
}

const pathOf = (names: readonly string[]) => names.join(".").replaceAll(".[]", "[]");

type Params = ErrorObject["params"];
type Schema = NonNullable<ErrorObject["parentSchema"]>;

/** Where the validator's own message is not what an engineer would say. */
const phrases: Readonly<Record<string, (params: Params, schema: Schema) => string>> = {
  type: ({ type }) => `must be ${[type].flat().map(kindOf).join(" or ")}`,
  minLength: ({ limit }) => `must have at least ${count(limit, "character")}`,
  maxLength: ({ limit }) => `must have at most ${count(limit, "character")}`,
  minItems: ({ limit }) => `must have at least ${count(limit, "item")}`,
  maxItems: ({ limit }) => `must have at most ${count(limit, "item")}`,
  minProperties: ({ limit }) => `must have at least ${count(limit, "field")}`,
  maxProperties: ({ limit }) => `must have at most ${count(limit, "field")}`,
  // The unknown field's name is of the caller: those that are known are named.
  additionalProperties: (_, { properties = {}, patternProperties }) =>
    patternProperties === undefined && Object.keys(properties).length > 0
      ? `has an unknown field; known: ${Object.keys(properties).join(", ")}`
      : "has an unknown field",
  enum: ({ allowedValues }) => `must be one of ${JSON.stringify(allowedValues)}`,
};

const count = (limit: unknown, thing: string) =>
  `${String(limit)} ${thing}${limit === 1 ? "" : "s"}`;

const kindOf = (type: unknown) =>
  type === "null" ? "null" : `${/^[aio]/.test(String(type)) ? "an" : "a"} ${String(type)}`;

/** The names of the properties on a path in a schema, which has names of its own parts as well. */
function fieldOf(schemaPath: string): string[] {
  const names: string[] = [];
  const keys = schemaPath
    .replace(/^[^#]*#\/?/, "")
    .split("/")
    .values();
  for (const key of keys) {
    if (key === "items") names.push("[]");
    if (!namedParts.has(key)) continue;
    const { value = "" } = keys.next();
    if (key === "properties") names.push(nameIn(value));
  }
  return names;
}

/** The keywords below which every key is a name. */
const namedParts = new Set(["properties", "patternProperties", "definitions"]);

/** A name in a JSON pointer within a URL (RFC 6901). */
const nameIn = (key: string) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
