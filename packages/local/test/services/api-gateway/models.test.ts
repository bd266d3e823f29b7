/**
 * Models: JSON Schema draft 4 as API Gateway has it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../src/services/api-gateway/store/configuration-errors.ts";
import { compileModels } from "../../../src/services/api-gateway/store/models.ts";
import { readSchema } from "../../../src/services/api-gateway/store/json-schema.ts";
import { putOne } from "./gateway-harness.ts";

function validate(schema: object, body: unknown) {
  const model = { id: "m", name: "M", schema: readSchema(JSON.stringify(schema)) };
  return compileModels({ id: "api", models: new Map([["m", model]]) }).get("M")?.(body);
}

const fits = (schema: object, body: unknown) => validate(schema, body) === undefined;

describe("a model checks", () => {
  it.each<[what: string, schema: object, right: unknown[], wrong: unknown[]]>([
    ["the type", { type: "string" }, ["a", ""], [1, null, {}]],
    ["one of several types", { type: ["string", "null"] }, ["a", null], [1]],
    ["whole numbers", { type: "integer" }, [1, -3], [1.5, "1"]],
    ["listed values", { enum: ["a", 1, { b: [2] }] }, ["a", 1, { b: [2] }], ["b", { b: [3] }]],
    ["lengths in code points", { maxLength: 2, minLength: 1 }, ["😀😀"], ["😀😀a", ""]],
    ["patterns anywhere in a text", { pattern: "b+" }, ["abc"], ["ac"]],
    ["patterns of Unicode", { pattern: "^\\p{L}$" }, ["é", "字"], ["1", "ab"]],
    ["an inclusive range", { minimum: 1, maximum: 3 }, [1, 3], [0.9, 3.1]],
    [
      "draft 4's exclusive range",
      { minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: true },
      [2],
      [1, 3],
    ],
    ["a range that is not exclusive", { minimum: 1, exclusiveMinimum: false }, [1], [0]],
    ["multiples", { multipleOf: 0.5 }, [1.5], [1.2]],
    ["required names, also of nothing else", { required: ["a"] }, [{ a: null }, "text"], [{}]],
    ["required names that every object inherits", { required: ["constructor"] }, [], [{}]],
    [
      "unknown names",
      { properties: { a: {} }, additionalProperties: false },
      [{ a: 1 }, {}],
      [{ b: 1 }, JSON.parse('{"__proto__":1}')],
    ],
    [
      "values of unknown names",
      { additionalProperties: { type: "null" } },
      [{ a: null }],
      [{ a: 1 }],
    ],
    [
      "names by pattern",
      { patternProperties: { "^x-": { type: "string" } } },
      [{ "x-a": "" }],
      [{ "x-a": 1 }],
    ],
    [
      "how many names",
      { minProperties: 1, maxProperties: 2 },
      [{ a: 1 }],
      [{}, { a: 1, b: 2, c: 3 }],
    ],
    ["names that need others", { dependencies: { a: ["b"] } }, [{ a: 1, b: 2 }, {}], [{ a: 1 }]],
    ["items", { items: { type: "number" } }, [[], [1]], [["a"]]],
    [
      "items by place",
      { items: [{ type: "number" }], additionalItems: false },
      [[1]],
      [["a"], [1, 2]],
    ],
    ["how many items", { minItems: 1, maxItems: 2 }, [[1]], [[], [1, 2, 3]]],
    ["unlike items", { uniqueItems: true }, [[1, "1"]], [[{ a: 1 }, { a: 1 }]]],
    ["all of several", { allOf: [{ minimum: 1 }, { maximum: 3 }] }, [2], [0, 4]],
    ["any of several", { anyOf: [{ maximum: 1 }, { minimum: 3 }] }, [1, 3], [2]],
    ["only one of several", { oneOf: [{ minimum: 1 }, { maximum: 3 }] }, [0, 4], [2]],
    ["what must not be", { not: { type: "string" } }, [1], ["a"]],
    [
      "by its own definitions, which may recur",
      {
        definitions: {
          tree: { properties: { left: { $ref: "#/definitions/tree" } }, required: ["v"] },
        },
        $ref: "#/definitions/tree",
      },
      [{ v: 1, left: { v: 2 } }],
      [{ v: 1, left: {} }],
    ],
    ["nothing when it is empty", {}, [1, null, {}, []], []],
  ])("%s", (_, schema, right, wrong) => {
    expect([...right, ...wrong].filter((body) => fits(schema, body))).toEqual(right);
  });
});

describe("a schema is rejected by name", () => {
  it.each<[schema: object, named: string]>([
    // Of later drafts: an unknown keyword would be ignored on AWS.
    [{ const: 1 }, "const"],
    [{ properties: { a: { contains: {} } } }, "contains"],
    [{ if: {}, else: {} }, "if"],
    [{ propertyNames: {} }, "propertyNames"],
    [{ $defs: {} }, "$defs"],
    [{ nullable: true }, "nullable"],
    [{ readOnly: true }, "readOnly"],
    [{ type: "file" }, "type"],
    [{ required: true }, "required"],
    [{ required: [] }, "required"],
    [{ exclusiveMinimum: 3 }, "exclusiveMinimum"],
    [{ exclusiveMaximum: true }, "exclusiveMaximum needs a maximum"],
    [{ $schema: "http://json-schema.org/draft-07/schema#" }, "draft 4"],
    // Of draft 4, not checked here.
    [{ properties: { mail: { format: "email" } } }, '"format"'],
    [{ id: "http://example.com/a" }, '"id"'],
    [{ $ref: "#/definitions/a", definitions: { a: {} }, minLength: 1 }, "beside $ref"],
    [JSON.parse('{"properties":{"__proto__":{"type":"null"}}}'), "__proto__"],
    // Misspelt, at its place.
    [{ properties: { a: { items: { maxLenght: 1 } } } }, "maxLenght"],
  ])("%j", (schema, named) => {
    expect(() => readSchema(JSON.stringify(schema))).toThrow(named);
  });

  it("says where in the schema the keyword is", () => {
    const schema = { properties: { a: { const: 1 } } };
    expect(() => readSchema(JSON.stringify(schema))).toThrow("properties.a");
  });

  it("when it is no JSON", () => {
    expect(() => readSchema("{")).toThrow("not JSON");
  });
});

describe("putting a model", () => {
  it("lets models refer to one another by AWS's address", () => {
    // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_api_gateway_request_validator_with_ref_models)
    const { apis, restApiId } = putOne();
    const address = `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Item`;
    const list = JSON.stringify({ type: "array", items: { $ref: address } });
    expect(() => apis.putModel({ restApiId, name: "List", schema: list })).toThrow(address);
    apis.putModel({ restApiId, name: "Item", schema: '{"type":"number"}' });
    expect(() => apis.putModel({ restApiId, name: "List", schema: list })).not.toThrow();
  });

  it.each([
    ["a name with other characters", { name: "a-b" }, "alphanumeric"],
    ["a name that is taken", { name: "Taken" }, "already"],
    ["a pattern that is none", { name: "A", schema: '{"pattern":"("}' }, "regular expression"],
    [
      "names whose pattern is none",
      { name: "A", schema: '{"patternProperties":{"(":{"not":{}}}}' },
      "expression",
    ],
    ["a reference to nothing", { name: "A", schema: '{"$ref":"#/definitions/a"}' }, "definitions"],
  ])("rejects %s", (_, input, named) => {
    const { apis, restApiId } = putOne();
    apis.putModel({ restApiId, name: "Taken" });
    const put = () => apis.putModel({ restApiId, ...input });
    expect(put).toThrow(ConfigurationError);
    expect(put).toThrow(named);
  });

  it("leaves the model that stands when the new schema is rejected", () => {
    const { apis, restApiId } = putOne();
    const { id } = apis.putModel({ restApiId, name: "A" });
    expect(() => apis.putModel({ restApiId, id, name: "A", schema: '{"pattern":"("}' })).toThrow(
      "regular",
    );
    expect(() => apis.putModel({ restApiId, name: "B" })).not.toThrow();
  });
});

describe("what a model rejects is said in words, with nothing that was sent", () => {
  const name = { type: "string", minLength: 1, maxLength: 256 };
  const greeting = { type: "object", properties: { name }, additionalProperties: false };
  const orders = {
    properties: { orders: { items: { properties: { "a/b": { type: "integer" } } } } },
  };
  it.each<[words: string, schema: object, body: unknown]>([
    ["name: must have at most 256 characters", greeting, { name: "x".repeat(257) }],
    ["name: must have at least 1 character", greeting, { name: "" }],
    ["name: must be a string", greeting, { name: 7 }],
    ["name: is missing", { ...greeting, required: ["name"] }, {}],
    ["the body: must be an object", greeting, ["Ada"]],
    ["the body: has an unknown field; known: name", greeting, { role: "admin" }],
    ["the body: has an unknown field", { additionalProperties: false }, { role: "admin" }],
    ["orders[].a/b: must be an integer", orders, { orders: [{ "a/b": "Ada" }] }],
    [
      "properties: must be null",
      { properties: { properties: { type: "null" } } },
      { properties: 1 },
    ],
    ["the body: must be a number or a boolean", { type: ["number", "boolean"] }, "Ada"],
    [
      'color: must be one of ["red",1]',
      { properties: { color: { enum: ["red", 1] } } },
      { color: "Ada" },
    ],
    ["age: must be >= 1", { properties: { age: { minimum: 1 } } }, { age: 0 }],
    ["the body: must not be valid", { not: {} }, "Ada"],
  ])("%s", (words, schema, body) => {
    expect(validate(schema, body)?.words).toBe(words);
  });
});
