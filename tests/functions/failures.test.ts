/** What a caller learns, and what the log says, when something behind the route fails. */
import { appName } from "@secure-lambda/functions/contract";
import { PublishFailedError, SecretUnavailableError } from "@secure-lambda/core";
import { expect, test } from "vitest";
import { KeysUnavailableError } from "../../packages/functions/src/auth/errors.ts";
import { createApp } from "../../packages/functions/src/http/app.ts";
import type { RequestLogEntry } from "../../packages/functions/src/http/middleware/log-requests.ts";
import { createLogCollector } from "../fakes/log-collector.ts";
import { pool1 } from "./pools.ts";
import { post, readProblem, setUpApp } from "./set-up-app.ts";

/** What AWS says can quote what it was sent. */
const awsError = Object.assign(new Error("1 validation error: Value 'Ada' at 'message' is bad"), {
  name: "ValidationException",
  $metadata: { httpStatusCode: 400, requestId: "aws-request-1" },
});

test("a secret that cannot be read is a 500 of its own kind", async () => {
  const { app, secret, publisher } = setUpApp();
  secret.breakWith(new SecretUnavailableError("no secret", { cause: awsError }));
  expect(await readProblem(await post(app))).toEqual({
    type: `urn:${appName}:problem:not-ready`,
    title: "Not ready to forward",
    status: 500,
    detail: "An error occurred, try again later.",
    requestId: "request-1",
  });
  expect(publisher.published).toEqual([]);
});

test("a failed publish is a 502 of its own kind", async () => {
  const { app, publisher } = setUpApp();
  publisher.breakWith(new PublishFailedError("no luck", { cause: awsError }));
  expect(await readProblem(await post(app))).toEqual({
    type: `urn:${appName}:problem:not-forwarded`,
    title: "Not forwarded",
    status: 502,
    detail: "Sorry, an error occurred while your request was processed.",
    requestId: "request-1",
  });
});

test("a token that cannot be checked is a 503 that says when to try again", async () => {
  const { publisher } = setUpApp();
  const app = createApp({
    log: createLogCollector<RequestLogEntry>(),
    verifyTokenOf: () => async () => {
      throw new KeysUnavailableError("no keys");
    },
    greetAs: () => ({ greet: async () => ({ message: "", messageId: "" }) }),
  });
  const response = await post(app);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(await readProblem(response)).toMatchObject({ status: 503 });
  expect(publisher.published).toEqual([]);
});

test("an error that nobody expected is a plain 500 that gives nothing away", async () => {
  const { app, publisher } = setUpApp();
  publisher.breakWith(new TypeError("Cannot read hunter2 of Ada"));
  expect(await readProblem(await post(app))).toEqual({
    type: "about:blank",
    title: "Internal Server Error",
    status: 500,
    detail: "An error occurred, try again later.",
    requestId: "request-1",
  });
});

test("our own failure is logged as an error, with causes and stack but without their messages", async () => {
  const { app, publisher, log } = setUpApp();
  publisher.breakWith(new PublishFailedError("no luck for Ada", { cause: awsError }));
  await post(app);
  expect(log.lines).toEqual([
    {
      level: "error",
      entry: {
        message: "POST /lambda1 502",
        correlationId: "request-1",
        route: "/lambda1",
        status: 502,
        subject: "subject-1",
        messageId: undefined,
        error: {
          type: "PublishFailedError",
          cause: { type: "ValidationException", httpStatus: 400, awsRequestId: "aws-request-1" },
        },
        stack: expect.arrayContaining([expect.stringMatching(/^at .*failures\.test\.ts:\d+/)]),
      },
    },
  ]);
  expect(JSON.stringify(log.lines)).not.toContain("Ada");
});

test("a greeting is logged with the subject and the message id, and no name or address", async () => {
  const { app, log } = setUpApp();
  await post(app);
  expect(log.lines).toEqual([
    {
      level: "info",
      entry: {
        message: "POST /lambda1 200",
        correlationId: "request-1",
        route: "/lambda1",
        status: 200,
        subject: "subject-1",
        messageId: "message-1",
      },
    },
  ]);
  expect(JSON.stringify(log.lines)).not.toMatch(/Ada|@/);
});

test("a refused token is logged only by the reason's class", async () => {
  const { app, log } = setUpApp();
  const token = pool1.token({ claims: { exp: 1 } });
  await post(app, { headers: { Authorization: token } });
  expect(log.lines).toEqual([
    {
      level: "info",
      entry: {
        message: "POST /lambda1 401",
        correlationId: "request-1",
        route: "/lambda1",
        status: 401,
        error: { type: "TokenRefusedError", cause: { type: "JwtExpiredError" } },
      },
    },
  ]);
  const text = JSON.stringify(log.lines);
  expect(token.split(".").filter((part) => text.includes(part))).toEqual([]);
});

test("a path that is no route is not logged", async () => {
  const { app, log } = setUpApp();
  await post(app, { path: "/hunter2?name=Ada" });
  expect(log.lines).toMatchObject([{ level: "info", entry: { message: "POST (none) 404" } }]);
  expect(JSON.stringify(log.lines)).not.toMatch(/hunter2|Ada/);
});
