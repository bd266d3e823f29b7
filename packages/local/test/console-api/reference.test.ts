/** The app's description of its API in the console's API. */
import { expect, it, onTestFinished } from "vitest";
import { createTestCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

it("is served as the app gave it, or said to be missing", async () => {
  const cloud = createTestCloud();
  onTestFinished(() => cloud.stop());
  const apiDocument = { openapi: "3.1.0", info: { title: "API" }, paths: {} };
  const given = openApi({ ...cloud, apiDocument });
  expect((await given.call("GET", "/reference.json")).json).toEqual(apiDocument);
  expect((await openApi(cloud).call("GET", "/reference.json")).status).toBe(404);
});
