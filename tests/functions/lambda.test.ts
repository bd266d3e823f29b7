/** The app as Lambda runs it: API Gateway's events in, its proxy answers out. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { baseRestEvent, invokeRest, withHeaders } from "../support/rest-event.ts";
import { handle } from "../../packages/functions/src/http/lambda.ts";
import { pool1, pool2 } from "./pools.ts";
import { bodyWith, setUpApp } from "./set-up-app.ts";
import { stubEnvironment } from "./stub-environment.ts";

const body = bodyWith({ name: "Zoë 👩‍🚀" });
const greeting =
  "Hello Zoë 👩‍🚀. Greetings from ExternalLambda1! Message forwarded to InternalLambda.";

/** A greeting request's event whose Authorization header is `authorization`. */
function restEvent(authorization: string, contentType = "application/json") {
  const headers = { Authorization: authorization, "Content-Type": contentType };
  return { ...baseRestEvent, ...withHeaders(headers), body };
}

/** Loads the entry point with the environment that a deployment gives it. */
async function load(changes?: Record<string, string | undefined>) {
  stubEnvironment(changes);
  return import("../../packages/functions/src/external.ts");
}

describe("an event of API Gateway", () => {
  test("is answered with the greeting", async () => {
    const { app, publisher } = setUpApp();
    const answer = await invokeRest(handle(app), restEvent(pool1.token()));
    expect(answer.statusCode).toBe(200);
    expect(answer.multiValueHeaders["content-type"]).toEqual(["application/json"]);
    expect(JSON.parse(answer.body)).toEqual({ message: greeting, messageId: "message-1" });
    expect(publisher.published).toMatchObject([
      { name: "Zoë 👩‍🚀", correlationId: "11111111-2222-4333-8444-555555555555" },
    ]);
  });

  test("is answered the same when its body comes in Base64", async () => {
    const event = {
      ...restEvent(`Bearer ${pool1.token()}`),
      body: Buffer.from(body).toString("base64"),
      isBase64Encoded: true,
    };
    const answer = await invokeRest(handle(setUpApp().app), event);
    expect(JSON.parse(answer.body)).toMatchObject({ message: greeting });
  });

  test.each([
    ["another user's token", restEvent(pool2.token()), 401],
    ["no token", { ...baseRestEvent, body }, 401],
    [
      "two Authorization headers, both good",
      {
        ...restEvent(pool1.token()),
        multiValueHeaders: {
          "Content-Type": ["application/json"],
          Authorization: [pool1.token(), pool1.token()],
        },
      },
      401,
    ],
    ["another content type", restEvent(pool1.token(), "text/plain"), 415],
    ["no body", { ...restEvent(pool1.token()), body: null }, 400],
    ["another method", { ...restEvent(pool1.token()), httpMethod: "GET", body: null }, 405],
    ["another path", { ...restEvent(pool1.token()), path: "/prod/lambda1" }, 404],
  ])("with %s is refused and nothing is published", async (_, event, status) => {
    const { app, publisher } = setUpApp();
    const answer = await invokeRest(handle(app), event);
    expect(answer.statusCode).toBe(status);
    expect(answer.multiValueHeaders["content-type"]).toEqual(["application/problem+json"]);
    expect(JSON.parse(answer.body)).toMatchObject({
      status,
      requestId: "11111111-2222-4333-8444-555555555555",
    });
    expect(publisher.published).toEqual([]);
  });

  test.each<[string, object | null, string]>([
    ["is no object", null, "POST"],
    ["does not say how its body is encoded", { isBase64Encoded: undefined }, "POST"],
    ["has a body that is not Base64", { body: "e30=\n", isBase64Encoded: true }, "e30"],
    ["has a body that is not UTF-8", { body: "eyJuYW1lIjoi/yJ9", isBase64Encoded: true }, "/yJ9"],
    ["has half a character in its body", { body: '{"name":"Ada\ud800"}' }, "Ada"],
    ["has no path of a route's form", { path: "@a.example/lambda1" }, "example"],
    ["has a method that API Gateway does not have", { httpMethod: "TRACE" }, "TRACE"],
    ["has a header without a name", { multiValueHeaders: { "": ["hunter2"] } }, "hunter2"],
    ["is to be read, and has a body", { httpMethod: "GET" }, "GET"],
  ])("that %s is a problem, and is logged without its content", async (_, changes, content) => {
    const { app, publisher, log } = setUpApp();
    const event = changes && { ...restEvent(pool1.token()), ...changes };
    const answer = await invokeRest(handle(app), event);
    expect(JSON.parse(answer.body)).toMatchObject({
      type: "about:blank",
      status: 400,
      detail: "The request is malformed.",
    });
    expect(answer.multiValueHeaders).toMatchObject({ "x-content-type-options": ["nosniff"] });
    expect(log.lines).toMatchObject([
      { entry: { message: "EVENT (none) 400", error: { type: "MalformedEventError" } } },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain(content);
    expect(publisher.published).toEqual([]);
  });

  test.each([
    ["Authorization", 401],
    ["Content-Type", 415],
    ["X-A", 200],
  ])("with half a character in the header %s is a request all the same", async (name, status) => {
    const { multiValueHeaders, ...event } = restEvent(pool1.token());
    const headers = { ...multiValueHeaders, [name]: ["\uD800"] };
    const answer = await invokeRest(handle(setUpApp().app), {
      ...event,
      multiValueHeaders: headers,
    });
    expect(answer.statusCode).toBe(status);
  });

  test("that makes the app throw something else than an error is an internal error", async () => {
    const { app, log } = setUpApp();
    app.get("/thrown", () => Promise.reject("hunter2"));
    const event = { ...baseRestEvent, httpMethod: "GET", path: "/thrown" };
    const answer = await invokeRest(handle(app), event);
    expect(JSON.parse(answer.body)).toMatchObject({ title: "Internal Server Error", status: 500 });
    expect(answer.multiValueHeaders).toMatchObject({ "x-content-type-options": ["nosniff"] });
    expect(log.lines).toMatchObject([{ level: "error", entry: { message: "EVENT (none) 500" } }]);
    expect(JSON.stringify(log.lines)).not.toContain("hunter2");
  });

  test.each(["", 'x","level":"FATAL', "a b", "x".repeat(129)])(
    "whose request id is %j gets a fresh one",
    async (requestId) => {
      const { app, publisher } = setUpApp();
      const requestContext = { ...baseRestEvent.requestContext, requestId };
      await invokeRest(handle(app), { ...restEvent(pool1.token()), requestContext });
      expect(publisher.published).toMatchObject([
        { correlationId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) },
      ]);
    },
  );
});

describe("the external entry point", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    vi.resetModules();
  });

  test("refuses a request without a token", async () => {
    vi.spyOn(console, "info").mockImplementation(() => {});
    const { handler } = await load();
    const answer = await invokeRest(handler, { ...baseRestEvent, body });
    expect(answer.statusCode).toBe(401);
  });

  test("answers 500 and logs why when the secret cannot be read", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { handler } = await load();
    const answer = await invokeRest(handler, restEvent(pool1.token()));
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({
      detail: "An error occurred, try again later.",
    });
    expect(error.mock.calls).toMatchObject([
      [{ message: "POST /lambda1 500", error: { type: "SecretUnavailableError" } }],
    ]);
  });

  test("does not start without its configuration", async () => {
    await expect(load({ TOPIC_SECRET_ID: undefined, USER_POOLS: "" })).rejects.toThrow(
      /^TOPIC_SECRET_ID must be .*\. USER_POOLS must be .*\.$/,
    );
  });
});
