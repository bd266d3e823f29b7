/** Who gets an answer from which route, and what everybody else gets. */
import { userPools, routeRows } from "@secure-lambda/functions/contract";
import { describe, expect, test } from "vitest";
import { exampleRequest } from "../../scripts/support/example-request.ts";
import { pool1, pool2, poolOf } from "./pools.ts";
import { bindings, post, readProblem, setUpApp } from "./set-up-app.ts";

describe("each user may call one route", () => {
  test.each([
    ["user 1", pool1, "/lambda1", "ExternalLambda1"],
    ["user 2", pool2, "/lambda2", "ExternalLambda2"],
  ])("%s is greeted and the name is published once", async (_, pool, path, greeter) => {
    const { app, publisher } = setUpApp();
    const response = await post(app, { path, headers: { Authorization: pool.token() } });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      message: `Hello Ada. Greetings from ${greeter}! Message forwarded to InternalLambda.`,
      messageId: "message-1",
    });
    expect(publisher.published).toMatchObject([{ name: "Ada", correlationId: "request-1" }]);
  });

  test.each([
    ["user 1 on /lambda2", "/lambda2", pool1.token()],
    ["user 2 on /lambda1", "/lambda1", pool2.token()],
    ["an expired token", "/lambda1", pool1.token({ claims: { exp: 1 } })],
    ["an access token", "/lambda1", pool1.token({ claims: { token_use: "access" } })],
    ["a made-up token", "/lambda1", "made.up.token"],
    ["an empty header", "/lambda1", ""],
  ])("%s is refused and nothing is published", async (_, path, authorization) => {
    const { app, publisher } = setUpApp();
    const response = await post(app, { path, headers: { Authorization: authorization } });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await readProblem(response)).toMatchObject({ title: "Unauthorized", status: 401 });
    expect(publisher.published).toEqual([]);
  });

  test.each(routeRows)("nobody is refused on $method $path", async (row) => {
    const { app, publisher } = setUpApp();
    const { url, ...request } = exampleRequest("http://localhost", row);
    const response = await app.request(url, request, bindings);
    expect(response.status).toBe(401);
    expect(publisher.published).toEqual([]);
  });
});

describe.each(routeRows)("$method $path", (row) => {
  const ask = (method: string = row.method, authorization = poolOf(row.userPool).token()) => {
    const { url, headers, ...request } = exampleRequest("http://localhost", row);
    const init = { ...request, method, headers: { ...headers, Authorization: authorization } };
    return app.request(url, method === row.method ? init : { method }, bindings);
  };
  const { app, log } = setUpApp();

  test("answers its example, and is logged by its pattern", async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    row.response.schema.parse(await response.json());
    expect(log.lines.at(-1)).toMatchObject({ entry: { route: row.path, status: 200 } });
  });

  test("is for the users of its own pool only", async () => {
    for (const pool of userPools.filter((other) => other !== row.userPool)) {
      expect((await ask(row.method, poolOf(pool).token())).status).toBe(401);
    }
  });

  test("says which methods its path takes", async () => {
    const response = await ask("PROPFIND");
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")?.split(", ")).toEqual(
      routeRows.filter(({ path }) => path === row.path).map(({ method }) => method),
    );
    expect(log.lines.at(-1)).toMatchObject({ entry: { route: row.path } });
  });
});

describe("a request that no route takes is answered before its token is looked at", () => {
  test.each(["/", "/nowhere", "/lambda1/", "/lambda1/x", "/Lambda1", "//lambda1", "/lambda1.json"])(
    "there is no route %s",
    async (path) => {
      const { app, publisher } = setUpApp();
      const response = await app.request(`http://localhost${path}`, { method: "POST" }, bindings);
      expect(await readProblem(response)).toMatchObject({ title: "Not Found", status: 404 });
      expect(publisher.published).toEqual([]);
    },
  );

  test.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "a route does not take %s",
    async (method) => {
      const { app, publisher } = setUpApp();
      const response = await app.request("/lambda1", { method }, bindings);
      expect(response.headers.get("allow")).toBe("POST");
      expect(await readProblem(response)).toMatchObject({
        title: "Method Not Allowed",
        status: 405,
      });
      expect(publisher.published).toEqual([]);
    },
  );

  test("a route does not take HEAD, and says so without a body", async () => {
    const { app } = setUpApp();
    const response = await app.request("/lambda1", { method: "HEAD" }, bindings);
    expect(response.status).toBe(405);
    expect(await response.text()).toBe("");
  });
});

describe("every answer", () => {
  const answers: [string, () => Promise<Response>][] = [
    ["200", () => post(setUpApp().app)],
    ["400", () => post(setUpApp().app, { body: "{" })],
    ["401", () => post(setUpApp().app, { headers: { Authorization: "" } })],
    ["404", () => post(setUpApp().app, { path: "/" })],
    ["405", () => post(setUpApp().app, { method: "PUT" })],
    ["413", () => post(setUpApp().app, { body: " ".repeat(16_385) })],
    ["415", () => post(setUpApp().app, { headers: { "Content-Type": "text/plain" } })],
    [
      "500",
      () => {
        const { app, publisher } = setUpApp();
        publisher.breakWith(new Error("broken"));
        return post(app);
      },
    ],
  ];

  test.each(answers)("with %s has the security headers and no CORS header", async (status, ask) => {
    const response = await ask();
    expect(String(response.status)).toBe(status);
    const names = [...response.headers.keys()];
    expect(names.filter((name) => name.startsWith("access-control-"))).toEqual([]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src; frame-ancestors",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "strict-transport-security": "max-age=63072000; includeSubDomains",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  });
});
