/** The console API's own description in OpenAPI 3.1, from the schemas of its routes. */
import * as z from "zod";
import { problemSchema } from "./problem.ts";
import type { Route } from "./route.ts";

const problems = {
  400: "The request is invalid; see errors.",
  401: "The token of the session is missing or wrong.",
  403: "The call comes from a page of another origin.",
  404: "There is no such thing.",
  409: "It cannot be done as things are.",
  413: "The body is too large.",
  415: "The body is not application/json.",
};

/** The document, as a value of JSON. */
export function describeApi(routes: readonly Route[], path: string, tokenHeader: string): object {
  const paths = new Map<string, object>();
  for (const route of routes) {
    paths.set(route.path, { ...paths.get(route.path), [route.method]: operationOf(route) });
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Console of the local cloud",
      version: "1.0.0",
      description: "Watches and disturbs one running local cloud. Only this machine can call it.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: path }],
    security: [{ session: [] }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "header",
          name: tokenHeader,
          description: `GET ${path}/session has it; pages of other origins cannot read that.`,
        },
      },
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          `Problem${status}`,
          { description, content: { "application/problem+json": { schema: problem } } },
        ]),
      ),
      schemas: { Problem: schemaOf(problemSchema, "output") },
    },
  };
}

const problem = { $ref: "#/components/schemas/Problem" };

function operationOf({ operationId, summary, params, query, body, ...route }: Route) {
  const { status = 200, result, isStream = false } = route;
  const type = isStream ? "text/event-stream" : "application/json";
  const statuses = [400, 401, 403, 404, 409, ...(body === undefined ? [] : [413, 415])];
  return {
    operationId,
    summary,
    parameters: [...parametersOf("path", params), ...parametersOf("query", query)],
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { "application/json": { schema: schemaOf(body, "input") } },
      },
    }),
    responses: {
      [status]: {
        description: isStream ? "Server-sent events, each with this as its data." : "It is done.",
        ...(result && { content: { [type]: { schema: schemaOf(result, "output") } } }),
      },
      ...Object.fromEntries(
        statuses.map((one) => [one, { $ref: `#/components/responses/Problem${one}` }]),
      ),
    },
  };
}

const objectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())),
  required: z.array(z.string()).default([]),
});

function parametersOf(place: "path" | "query", schema: z.ZodType) {
  const { properties, required } = objectSchema.parse(schemaOf(schema, "input"));
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

/** OpenAPI 3.1 has JSON Schema 2020-12 in it. */
function schemaOf(schema: z.core.$ZodType, io: "input" | "output") {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io });
  return described;
}
