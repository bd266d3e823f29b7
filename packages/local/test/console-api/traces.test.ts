/** Traces in the console's API. */
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { createTestCloud, type TestCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

const id = "1-6a000000-000000000000000000000001";
const start = 1_780_000_000;

let cloud: TestCloud;
beforeEach(() => {
  cloud = createTestCloud();
  onTestFinished(() => cloud.stop());
  const common = { trace_id: id, start_time: start };
  cloud.xray.record({
    ...common,
    id: "000000000000000a",
    name: "api",
    end_time: start + 0.5,
    fault: true,
    http: {
      request: { method: "POST", url: "https://api.example/local/greet?name=Ada" },
      response: { status: 502 },
    },
    subsegments: [
      { id: "000000000000000b", name: "Lambda", start_time: start + 0.1, end_time: start + 0.4 },
    ],
  });
  cloud.xray.record({
    ...common,
    id: "000000000000000c",
    parent_id: "000000000000000b",
    name: "function",
    start_time: start + 0.2,
    end_time: start + 0.3,
    origin: "AWS::Lambda",
  });
});

const root = {
  id,
  name: "api",
  method: "POST",
  path: "/local/greet",
  status: 502,
  durationMs: 500,
  flag: "fault",
};

it("a trace is in the list with what came of it", async () => {
  const { json } = await openApi(cloud).call("GET", "/traces");
  expect(json).toEqual({
    traces: [{ ...root, startedAt: new Date(start * 1_000).toISOString() }],
  });
});

it("its segments are below those that called them, with their times", async () => {
  const { json } = await openApi(cloud).call("GET", `/traces/${id}`);
  expect(json).toMatchObject({
    ...root,
    requestIds: [],
    rows: [
      { depth: 0, name: "api", startMs: 0, durationMs: 500, status: 502, flag: "fault" },
      { depth: 1, name: "Lambda", startMs: 100, durationMs: 300, flag: "ok" },
      { depth: 2, name: "function", startMs: 200, durationMs: 100, origin: "AWS::Lambda" },
    ],
  });
});

it("a segment that names itself as its caller is shown once", async () => {
  cloud.xray.record({
    trace_id: id,
    id: "000000000000000d",
    parent_id: "000000000000000c",
    name: "caller",
    start_time: start + 0.2,
    end_time: start + 0.3,
    subsegments: [{ id: "000000000000000c", name: "again", start_time: start, end_time: start }],
  });
  const { json } = await openApi(cloud).call("GET", `/traces/${id}`);
  expect(JSON.stringify(json).match(/"caller"/g)).toHaveLength(1);
});

it("a request is named by its trace, and another trace is not found", async () => {
  const head = { id: "request", traceId: id, startedAt: 0, method: "GET", target: "/" };
  await cloud.requests.record({ ...head, sourceIp: "127.0.0.1" }, [], async () => ({
    response: new Response("ok"),
    requestBody: Buffer.alloc(0),
    route: undefined,
  }));
  const api = openApi(cloud);
  expect((await api.call("GET", `/traces/${id}`)).json).toMatchObject({ requestIds: ["request"] });
  expect((await api.call("GET", "/traces/none")).status).toBe(404);
});

const find = (filter: string) =>
  openApi(cloud).call("GET", `/traces?filter=${encodeURIComponent(filter)}`);

it("traces are found by a filter expression, and one that is not understood is named", async () => {
  expect((await find("fault AND http.status = 502")).json).toMatchObject({ traces: [{ id }] });
  expect((await find("ok")).json).toEqual({ traces: [] });
  expect(await find("rootcause.fault")).toMatchObject({
    status: 400,
    json: { detail: expect.stringContaining("rootcause") },
  });
});
