/** The example request of a row, and how a shell sends it. */
import { greetRequest, greetResponse, type RouteRow } from "@secure-lambda/functions/contract";
import { expect, it } from "vitest";
import * as z from "zod/mini";
import { curlLine, exampleRequest } from "../../scripts/support/example-request.ts";

const row: RouteRow = {
  name: "Greetings",
  method: "GET",
  path: "/greetings/{id}",
  userPool: 1,
  request: {
    param: { schema: z.object({ id: z.string() }), example: { id: "a/b" } },
    query: {
      schema: z.object({ from: z.string(), to: z.string() }),
      example: { from: "1", to: "2" },
    },
  },
  response: greetResponse,
};

it.each(["https://a.example/prod", "https://a.example/prod/"])("fills the path below %s", (url) => {
  const request = exampleRequest(url, row);
  expect(request).toEqual({
    method: "GET",
    url: "https://a.example/prod/greetings/a%2Fb?from=1&to=2",
    headers: {},
  });
  expect(curlLine(request)).toBe(
    `curl 'https://a.example/prod/greetings/a%2Fb?from=1&to=2' -H "Authorization: Bearer $TOKEN"`,
  );
});

it.each([
  ["POST", ""],
  ["PUT", " -X PUT"],
] as const)("sends the body of %s", (method, shown) => {
  const json = { ...greetRequest, example: { name: "O'Neil" } };
  const request = exampleRequest("http://a.example", {
    ...row,
    method,
    path: "/greet",
    request: { json },
  });
  expect(curlLine(request)).toBe(
    `curl${shown} http://a.example/greet -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"name":"O'\\''Neil"}'`,
  );
});
