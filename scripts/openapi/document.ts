/** The API's description in OpenAPI 3.1, generated only from the contract. */
import {
  type Body,
  type Described,
  type RouteRow,
  routeRows,
} from "@secure-lambda/functions/contract";
import * as z from "zod";
import { authorizerName } from "../../stacks/settings/names.ts";
import { errorResponsesOf } from "./error-responses.ts";
import { limitsByStage } from "./limits.ts";
import { problemSchema } from "./problem-schema.ts";
import { responseComponents } from "./response-components.ts";

/** The document of routes, those of the contract by default, as a value of JSON. */
export function describeApi(rows: readonly RouteRow[] = routeRows): object {
  return {
    openapi: "3.1.1",
    info: {
      title: "Greetings",
      version: "1.0.0",
      description:
        "Greets a name, and forwards it to InternalLambda. Each route is for the users of one pool. Errors are problem details (RFC 9457). Any other method or path is answered as NoSuchRoute says. A stage's limits are in x-limits.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [
      {
        url: "https://{apiId}.execute-api.{region}.amazonaws.com/{stage}",
        variables: {
          apiId: { default: "apiId", description: "Printed by the deployment, as part of apiUrl." },
          region: { default: "us-east-1" },
          stage: { default: "prod" },
        },
      },
      { url: "http://127.0.0.1:3000", description: "The local cloud of npm start." },
    ],
    "x-limits": limitsByStage(),
    paths: pathsOf(rows),
    components: {
      securitySchemes: Object.fromEntries(
        rows.map(({ userPool }) => [schemeOf(userPool), securityScheme(userPool)]),
      ),
      schemas: {
        ...Object.fromEntries(
          rows.flatMap(bodiesOf).map(({ model, schema }) => [model, schemaOf(schema)]),
        ),
        Problem: schemaOf(problemSchema),
      },
      responses: responseComponents(),
    },
  };
}

/** The operations of each path by method. */
function pathsOf(all: readonly RouteRow[]) {
  return Object.fromEntries(
    all.map(({ path }) => [
      path,
      Object.fromEntries(
        all
          .filter((row) => row.path === path)
          .map((row) => [row.method.toLowerCase(), operationOf(row)]),
      ),
    ]),
  );
}

const bodiesOf = ({ request: { json }, response }: RouteRow): Body[] => [
  ...(json === undefined ? [] : [json]),
  response,
];

function operationOf({ name, method, path, userPool, request, response }: RouteRow) {
  const parameters = [
    ...parametersOf("path", request.param),
    ...parametersOf("query", request.query),
  ];
  return {
    operationId: name,
    description: `Only for users of pool ${userPool}: ${method} ${path} with their ID token.`,
    security: [{ [schemeOf(userPool)]: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(request.json && { requestBody: { required: true, ...jsonOf(request.json) } }),
    responses: {
      200: { description: "The request was served.", ...jsonOf(response) },
      ...Object.fromEntries(
        errorResponsesOf({ request }).map((error) => [
          error.status,
          ref(`responses/${error.name}`),
        ]),
      ),
    },
  };
}

const jsonOf = ({ model, example }: Body) => ({
  content: { "application/json": { schema: ref(`schemas/${model}`), example } },
});

const parametersSchema = z.object({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).default([]),
});

/** The parameters of a path or a query: the fields of its schema, with the example's values. */
function parametersOf(place: "path" | "query", input: Described | undefined) {
  if (input === undefined) return [];
  const { properties, required } = parametersSchema.parse(schemaOf(input.schema));
  const examples = new Map(Object.entries(input.example));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema,
    example: examples.get(name),
  }));
}

const schemeOf = (userPool: number) => `UserPool${userPool}`;

function securityScheme(userPool: number) {
  return {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: `An ID token of Cognito user pool ${userPool}; ${authorizerName(userPool)} checks it.`,
  };
}

const ref = (path: string) => ({ $ref: `#/components/${path}` });

/** OpenAPI 3.1 has JSON Schema 2020-12 in it; what is sent is described, before it is normalized. */
function schemaOf(schema: z.core.$ZodType) {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io: "input" });
  return described;
}
