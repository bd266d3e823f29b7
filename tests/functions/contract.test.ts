/** The contract that infrastructure and functions share. */
import {
  greetRequest,
  greetResponse,
  honoPath,
  routeRows,
  userPools,
} from "@secure-lambda/functions/contract";
import { describe, expect, test } from "vitest";
import * as z from "zod";

test("the guide's two routes greet in their own names for their own user pools", () => {
  expect(routeRows.slice(0, 2)).toMatchObject([
    { name: "ExternalLambda1", method: "POST", path: "/lambda1", userPool: 1 },
    { name: "ExternalLambda2", method: "POST", path: "/lambda2", userPool: 2 },
  ]);
});

describe.each(routeRows)("the row $name", ({ name, method, path, userPool, request, response }) => {
  test("is of a user pool, and has a name that AWS resources can have", () => {
    expect(userPools).toContain(userPool);
    expect(name).toMatch(/^[A-Za-z]\w*$/);
  });

  test("is the only one of its name, method and path", () => {
    const alike = routeRows.filter(
      (row) =>
        row.name === name || (row.method === method && honoPath(row.path) === honoPath(path)),
    );
    expect(alike).toHaveLength(1);
  });

  test("has a schema of exactly the parameters of its path", () => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = ""]) => parameter);
    expect(Object.keys(request.param?.example ?? {}).toSorted()).toEqual(inPath.toSorted());
  });

  test("takes a body by a method that has one", () => {
    expect(request.json !== undefined).toBe(["PATCH", "POST", "PUT"].includes(method));
  });

  test("has examples that its schemas take", () => {
    for (const described of [request.param, request.query, request.json, response]) {
      const parsed = described?.schema.safeParse(described.example);
      expect(parsed?.error).toBeUndefined();
    }
  });

  test("shares the name of a model only with the same model", () => {
    for (const body of [request.json, response]) {
      const alike = routeRows
        .flatMap((row) => [row.request.json, row.response])
        .filter((other) => body !== undefined && other?.model === body.model);
      expect(new Set(alike).size).toBeLessThanOrEqual(1);
    }
  });
});

test("a request to greet holds a name and nothing that is unknown", () => {
  const { schema, example } = greetRequest;
  expect(schema.parse({ ...example, name: " Ada " })).toMatchObject({ name: "Ada" });
  expect(schema.safeParse({ ...example, admin: true }).success).toBe(false);
  expect(schema.safeParse({}).success).toBe(false);
});

test("its response holds a message and a message id and nothing else", () => {
  const response = { message: "Hello Ada.", messageId: "1" };
  const { schema } = greetResponse;
  expect(schema.parse(response)).toEqual(response);
  expect(schema.safeParse({ ...response, topic: "t" }).success).toBe(false);
  expect(schema.safeParse({ ...response, messageId: "" }).success).toBe(false);
});

test("a request's JSON Schema bounds the name's length and refuses unknown keys", () => {
  expect(z.toJSONSchema(greetRequest.schema, { io: "input" })).toMatchObject({
    type: "object",
    properties: { name: { type: "string", minLength: 1, maxLength: 1_024 } },
    required: expect.arrayContaining(["name"]),
    additionalProperties: false,
  });
});
