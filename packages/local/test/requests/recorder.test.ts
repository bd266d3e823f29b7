/** What is kept of requests is bounded, and costs a request microseconds. */
import { describe, expect, it } from "vitest";
import { createRequestRecorder, type RequestRecorder } from "../../src/requests/recorder.ts";
import { mostBodyBytes } from "../../src/requests/message.ts";
import { bounds, createRequestStore } from "../../src/requests/store.ts";
import type { RequestRecord } from "../../src/requests/record.ts";

const headOf = (id: string) => ({
  id,
  traceId: "1-0-0",
  startedAt: 0,
  method: "GET",
  target: "/",
  sourceIp: "127.0.0.1",
});

const step = { layer: "aws-call", name: "sns:Publish", outcome: "passed", startedAt: 0 } as const;

async function serve(recorder: RequestRecorder, id: string, body = "", during = () => {}) {
  const ended = new Promise<RequestRecord>((resolve) => recorder.subscribe(resolve));
  await recorder.record(headOf(id), [], async () => {
    during();
    return { response: new Response(body), requestBody: Buffer.from(body), route: "/" };
  });
  return ended;
}

describe("a record", () => {
  it("keeps the beginning of a body and its size", async () => {
    const body = "x".repeat(mostBodyBytes + 1);
    const { request, response } = await serve(createRequestRecorder(), "1", body);
    expect([request.body.byteLength, request.bodyBytes]).toEqual([mostBodyBytes, body.length]);
    expect([response?.body.byteLength, response?.bodyBytes]).toEqual([mostBodyBytes, body.length]);
  });

  it("keeps so many steps, and counts the others", async () => {
    const recorder = createRequestRecorder();
    const { steps, droppedSteps } = await serve(recorder, "1", "", () => {
      for (let count = 0; count < bounds.mostSteps + 3; count += 1) recorder.report(step);
    });
    expect([steps.length, droppedSteps]).toEqual([bounds.mostSteps, 3]);
  });

  it("hands on the response that the caller gets, whole", async () => {
    const recorder = createRequestRecorder();
    const response = await recorder.record(headOf("1"), [], async () => ({
      response: new Response("all of it", { status: 201 }),
      requestBody: Buffer.alloc(0),
      route: undefined,
    }));
    expect([response.status, await response.text()]).toEqual([201, "all of it"]);
  });

  it("gets steps by the session token until it is detached", async () => {
    const recorder = createRequestRecorder();
    const { steps } = await serve(recorder, "1", "", () => recorder.attach("token"));
    recorder.resume("token", () => recorder.report(step));
    recorder.resume("other", () => recorder.report(step));
    recorder.resume(null, () => recorder.report(step));
    recorder.detach("token");
    recorder.resume("token", () => recorder.report(step));
    expect(steps).toHaveLength(1);
  });
});

describe("the store", () => {
  it("drops the oldest beyond the number, and beyond the memory that they come to hold", () => {
    const store = createRequestStore<number>({ mostRequests: 3, mostBytes: 100, mostSteps: 1 });
    for (const one of [1, 2, 3, 4]) store.add(String(one), one, 10);
    expect(store.newestFirst()).toEqual([4, 3, 2]);
    store.grow("4", 85);
    expect(store.newestFirst()).toEqual([4]);
    store.grow("1", 1_000);
    expect(store.find("4")).toBe(4);
  });
});
