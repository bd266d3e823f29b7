/** The operations of an OpenAPI document, on the console's page. */
import { expect, it } from "vitest";
import { apiDocument, operationsOf } from "../../../src/console/page/reference/document.ts";

const schemas = {
  Name: { type: "object", properties: { name: { type: "string" } } },
  Tree: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
};

const documentOf = (operation: object) =>
  apiDocument.parse({
    openapi: "3.1.0",
    info: { title: "API" },
    paths: { "/greet": { post: { responses: {}, ...operation }, summary: "no operation" } },
    components: {
      schemas,
      responses: { Refused: { description: "It is refused." } },
    },
  });

const bodyOf = (schema: string) => ({
  content: {
    "application/json": { schema: { $ref: `#/components/schemas/${schema}` }, example: { a: 1 } },
  },
});

it("an operation has its request, its responses and who may call it", () => {
  const [operation] = operationsOf(
    documentOf({
      operationId: "greet",
      security: [{ Users: [] }],
      requestBody: bodyOf("Name"),
      responses: { 200: bodyOf("Name"), 403: { $ref: "#/components/responses/Refused" } },
    }),
  );
  const body = { type: "application/json", schema: JSON.stringify(schemas.Name, null, 2) };
  expect(operation).toMatchObject({
    method: "POST",
    path: "/greet",
    id: "greet",
    security: ["Users"],
    request: { ...body, example: JSON.stringify({ a: 1 }, null, 2) },
    responses: [
      { status: "200", ...body },
      { status: "403", description: "It is refused.", type: undefined },
    ],
  });
});

it("a schema within itself stays a reference", () => {
  const [operation] = operationsOf(documentOf({ requestBody: bodyOf("Tree") }));
  expect(JSON.parse(operation?.request?.schema ?? "")).toEqual(schemas.Tree);
});

it("another version is refused by name", () => {
  const result = apiDocument.safeParse({ openapi: "2.0", info: { title: "API" }, paths: {} });
  expect(result.error?.issues).toMatchObject([{ message: "expected OpenAPI 3.1" }]);
});
