/** The API's description: valid, complete, and true of routes with and without a body. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  greetResponse,
  type Problem,
  problems,
  type RouteRow,
} from "@secure-lambda/functions/contract";
import { validate } from "@readme/openapi-parser";
import { expect, it } from "vitest";
import * as z from "zod";
import { describeApi } from "../../scripts/openapi/document.ts";
import { errorResponses } from "../../scripts/openapi/error-responses.ts";
import { problemSchema } from "../../scripts/openapi/problem-schema.ts";

const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) })),
  ),
  components: z.looseObject({
    responses: z.record(
      z.string(),
      z.looseObject({
        content: z.looseObject({
          "application/problem+json": z.looseObject({
            examples: z.record(z.string(), z.object({ value: problemSchema })),
          }),
        }),
      }),
    ),
  }),
});

const withoutBody: RouteRow = {
  name: "Greetings",
  method: "GET",
  path: "/greetings",
  userPool: 1,
  request: {},
  response: greetResponse,
};

const statusesOf = (row: RouteRow) =>
  Object.keys(
    documentSchema.parse(describeApi([row])).paths[row.path]?.[row.method.toLowerCase()]
      ?.responses ?? {},
  );

it.each([
  ["of the contract", undefined],
  ["without a body", [withoutBody]],
])(
  "is valid OpenAPI 3.1, its references and operations included, for routes %s",
  async (_, rows) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "openapi-"));
    const file = path.join(folder, "openapi.json");
    fs.writeFileSync(file, JSON.stringify(describeApi(rows)));
    try {
      await expect(validate(file)).resolves.toMatchObject({ valid: true });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  },
);

it("has no response about a body for a route that takes none", () => {
  const about = { 413: false, 415: false, 400: false };
  const found = statusesOf(withoutBody);
  expect(Object.keys(about).filter((status) => found.includes(status))).toEqual([]);
  const { schema } = greetResponse;
  const query = { schema, example: greetResponse.example };
  const withQuery = statusesOf({ ...withoutBody, request: { query } });
  expect(withQuery).toContain("400");
  expect(withQuery).not.toContain("415");
});

it("has an example of every problem, with a status that the response can have", () => {
  const { responses } = documentSchema.parse(describeApi()).components;
  const shown = errorResponses.flatMap(({ name, status }) =>
    Object.entries(responses[name]?.content["application/problem+json"].examples ?? {}).map(
      ([problem, { value }]) => ({ problem, status, value }),
    ),
  );
  const all: readonly (readonly [string, Problem])[] = Object.entries(problems);
  expect([...new Set(shown.map(({ problem }) => problem))].toSorted()).toEqual(
    all.map(([name]) => name).toSorted(),
  );
  for (const { status, value } of shown) {
    const possible = new RegExp(`^${String(status).replace("XX", String.raw`\d\d`)}$`);
    expect(String(value.status ?? status).replace("XX", "00")).toMatch(possible);
  }
});
