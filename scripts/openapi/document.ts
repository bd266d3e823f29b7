/** The API's description in OpenAPI 3.1, generated only from the contract. */
import {
  greetRequestSchema,
  greetResponseSchema,
  routes,
  type Route,
} from "@secure-lambda/functions/contract";
import * as z from "zod";
import { authorizerName } from "../../stacks/settings/names.ts";
import { problemSchema } from "./problem-schema.ts";
import { errorResponses } from "./error-responses.ts";

/** The document, as a value of JSON. */
export function describeApi(): object {
  return {
    openapi: "3.1.1",
    info: {
      title: "secure-lambda",
      version: "1.0.0",
      description:
        "Greets a name, and forwards it to InternalLambda. Each route has its own user pool.",
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
    paths: Object.fromEntries(routes.map((route) => [route.path, { post: operationOf(route) }])),
    components: {
      securitySchemes: Object.fromEntries(
        routes.map(({ userPool }) => [schemeOf(userPool), securityScheme(userPool)]),
      ),
      schemas: {
        GreetRequest: schemaOf(greetRequestSchema),
        GreetResponse: schemaOf(greetResponseSchema),
        Problem: schemaOf(problemSchema),
      },
      responses: Object.fromEntries(
        errorResponses.map(({ name, description }) => [
          name,
          {
            description,
            content: { "application/problem+json": { schema: ref("schemas/Problem") } },
          },
        ]),
      ),
    },
  };
}

function operationOf({ path, greetsAs, userPool }: Route) {
  return {
    operationId: `greetBy${greetsAs}`,
    summary: `Greets in the name of ${greetsAs}.`,
    description: `Only for users of pool ${userPool}: POST ${path} with their ID token.`,
    security: [{ [schemeOf(userPool)]: [] }],
    requestBody: {
      required: true,
      content: { "application/json": { schema: ref("schemas/GreetRequest") } },
    },
    responses: {
      200: {
        description: "The name was greeted and forwarded.",
        content: { "application/json": { schema: ref("schemas/GreetResponse") } },
      },
      ...Object.fromEntries(
        errorResponses.map(({ status, name }) => [status, ref(`responses/${name}`)]),
      ),
    },
  };
}

const schemeOf = (userPool: Route["userPool"]) => `UserPool${userPool}`;

function securityScheme(userPool: Route["userPool"]) {
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
