/** The shipped entry point: it starts whatever its init tasks come to. */
import { afterEach, expect, test, vi } from "vitest";
import { pool1 } from "../../../tests/functions/pools.ts";
import { routeAuth } from "../../../tests/functions/set-up-app.ts";
import { baseRestEvent, invokeRest, withHeaders } from "../../../tests/support/rest-event.ts";

const web = { Headers, Request, Response };
const body = JSON.stringify({ name: "Ada" });

afterEach(() => {
  Object.assign(globalThis, web);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.resetModules();
});

/** Loads the entry point with the environment that a deployment gives it; nothing listens at the endpoint. */
async function load(environment: Record<string, string | undefined> = {}) {
  const complete = {
    TOPIC_SECRET_ID: "topic-secret",
    ROUTE_AUTH: JSON.stringify(routeAuth),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    ...environment,
  };
  for (const [name, value] of Object.entries(complete)) vi.stubEnv(name, value);
  return import("../src/external.ts");
}

test("it starts when the secret cannot be read, and warns once, without content", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  await load();
  expect(warn.mock.calls).toMatchObject([
    [{ message: "Init task failed: read the secret", error: { type: "SecretUnavailableError" } }],
  ]);
});

test("it serves requests as the plain entry point does", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.spyOn(console, "info").mockImplementation(() => {});
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const { handler } = await load();
  const refused = await invokeRest(handler, { ...baseRestEvent, body });
  expect(refused.statusCode).toBe(401);

  const headers = { Authorization: pool1.token(), "Content-Type": "application/json" };
  const failed = await invokeRest(handler, { ...baseRestEvent, ...withHeaders(headers), body });
  expect(failed.statusCode).toBe(500);
  expect(error.mock.calls).toMatchObject([
    [{ message: "POST /lambda1 500", error: { type: "SecretUnavailableError" } }],
  ]);
});

test("it does not start without its configuration", async () => {
  await expect(load({ TOPIC_SECRET_ID: undefined, ROUTE_AUTH: "" })).rejects.toThrow(
    /^TOPIC_SECRET_ID must be .*\. ROUTE_AUTH must be .*\.$/,
  );
});
