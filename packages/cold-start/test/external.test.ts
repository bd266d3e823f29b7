/** The shipped entry point: it starts whatever its init tasks come to. */
import { afterEach, expect, test, vi } from "vitest";
import { faultsOf, oddRestEvents } from "../../../tests/functions/odd-rest-events.ts";
import { pool1 } from "../../../tests/functions/pools.ts";
import { baseRestEvent, invokeRest, withHeaders } from "../../../tests/support/rest-event.ts";
import { bodyWith } from "../../../tests/functions/set-up-app.ts";
import { stubEnvironment } from "../../../tests/functions/stub-environment.ts";

const web = { Headers, Request, Response };
const body = bodyWith({ name: "Ada" });

afterEach(() => {
  vi.useRealTimers();
  Object.assign(globalThis, web);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.resetModules();
});

/** Loads the entry point with the environment that a deployment gives it. */
async function load(changes?: Record<string, string | undefined>) {
  stubEnvironment(changes);
  return import("../src/external.ts");
}

test("it starts when the secret cannot be read, and warns once, without content: priming ran", async () => {
  // Init waits for as many turns of the event loop, however long a busy machine takes for each.
  const toFake = ["setTimeout" as const, "clearTimeout" as const];
  vi.useFakeTimers({ toFake, shouldAdvanceTime: true, advanceTimeDelta: 1 });
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

test("it responds to odd events and logs them in its own form", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const { handler } = await load();
  warn.mockRestore();
  expect(await faultsOf(handler, oddRestEvents("not a token"))).toEqual([]);
});

test("it does not start without its configuration", async () => {
  await expect(load({ TOPIC_SECRET_ID: undefined, USER_POOLS: "" })).rejects.toThrow(
    /^TOPIC_SECRET_ID must be .*\. USER_POOLS must be .*\.$/,
  );
});
