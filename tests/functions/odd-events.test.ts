/** No event, however odd, gets a response outside the table of problems or a log line of another form. */
import { afterEach, expect, test, vi } from "vitest";
import { handle } from "../../packages/functions/src/http/lambda.ts";
import { faultsOf, oddRestEvents } from "./odd-rest-events.ts";
import { pool1 } from "./pools.ts";
import { setUpApp } from "./set-up-app.ts";
import { stubEnvironment } from "./stub-environment.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test("the app, called with its user's token, takes odd events in its own form", async () => {
  const { app } = setUpApp({ log: console });
  expect(await faultsOf(handle(app), oddRestEvents(pool1.token()))).toEqual([]);
});

test("so does the entry point without a token", async () => {
  stubEnvironment();
  const { handler } = await import("../../packages/functions/src/external.ts");
  expect(await faultsOf(handler, oddRestEvents("not a token"))).toEqual([]);
});
