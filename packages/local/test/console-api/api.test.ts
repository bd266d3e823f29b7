/** Who may call the console's API, what it takes, and whether its description is true. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { validate } from "@readme/openapi-parser";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { createTestCloud, type TestCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

let cloud: TestCloud;
let api: ReturnType<typeof openApi>;
beforeEach(() => {
  cloud = createTestCloud();
  api = openApi(cloud);
});
afterEach(() => cloud.stop());

describe("a caller", () => {
  it("without the token, or with another, is a 401", async () => {
    for (const token of [null, "", "0123456789abcdeg", "0123456789abcdef0"]) {
      const headers = { "x-local-cloud-token": token };
      expect((await api.call("GET", "/requests", undefined, headers)).status).toBe(401);
    }
  });

  it("finds the token in the session", async () => {
    const headers = { "x-local-cloud-token": null };
    const { json } = await api.call("GET", "/session", undefined, headers);
    expect(json).toEqual({ header: "x-local-cloud-token", token: "0123456789abcdef" });
  });

  it.each([
    ["Origin", { origin: "http://127.0.0.1:3000" }],
    ["Origin null", { origin: "null" }],
    ["Sec-Fetch-Site cross-site", { "sec-fetch-site": "cross-site" }],
    ["Sec-Fetch-Site same-site", { "sec-fetch-site": "same-site" }],
  ])("that is a page of another origin reaches nothing: %s", async (_, headers) => {
    for (const path of ["/session", "/openapi.json", "/requests"]) {
      const response = await api.call("GET", path, undefined, headers);
      expect(response.status).toBe(403);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it("that is a page of its own origin is served, with no-store", async () => {
    const headers = { origin: "http://127.0.0.1:4566", "sec-fetch-site": "same-origin" };
    const response = await api.call("GET", "/session", undefined, headers);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
    });
  });
});

describe("a body", () => {
  const fault = { call: "sns:Publish", effect: { kind: "hang" } };

  it.each([
    ["of another type", JSON.stringify(fault), "text/plain", 415],
    ["that is no JSON", "{", "application/json", 400],
    ["of the wrong shape", "[]", "application/json", 400],
    [
      "that is too large",
      JSON.stringify({ text: "x".repeat(1024 * 1024) }),
      "application/json",
      413,
    ],
  ])("%s is rejected", async (_, body, type, status) => {
    expect((await api.call("POST", "/faults", body, { "content-type": type })).status).toBe(status);
  });

  it("says which field is wrong, and what would be right", async () => {
    const wrong = { ...fault, times: 0, extra: 1 };
    const { json } = await api.call("POST", "/faults", wrong);
    expect(json).toMatchObject({
      status: 400,
      errors: [{ field: "body.times" }, { field: "body" }],
    });
    const unknown = await api.call("POST", "/faults", { ...fault, call: "sns:Publsh" });
    expect(JSON.stringify(unknown.json)).toContain("sns has ");
  });
});

describe("the description", () => {
  const described = z.looseObject({
    paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
  });

  it("is valid OpenAPI 3.1", async () => {
    const { json } = await api.call("GET", "/openapi.json");
    const file = join(cloud.folder, "openapi.json");
    writeFileSync(file, JSON.stringify(json));
    await expect(validate(file)).resolves.toMatchObject({ valid: true });
  });

  it("has every route and no other", async () => {
    const { json } = await api.call("GET", "/openapi.json");
    const operations = Object.entries(described.parse(json).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(operations.toSorted()).toEqual(
      api.routes.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
    const ids = api.routes.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it("moves no terminal that prints it", async () => {
  cloud.logs.createGroup("/\u001B[2J\u202E");
  const response = await api.app.request("http://127.0.0.1/log-groups", {
    headers: { host: "127.0.0.1", "x-local-cloud-token": "0123456789abcdef" },
  });
  expect(await response.text()).not.toMatch(/\p{Cc}|\u202E/u);
});
