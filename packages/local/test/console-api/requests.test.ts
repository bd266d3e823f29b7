/** Requests in the console's API: lists with filters, one whole, masked, streamed, replayed. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { createAwsCalls } from "../../src/attacks/targets/aws-calls.ts";
import { requestDetail, requestSummary } from "../../src/console-api/request-view.ts";
import { listen, type Listener } from "../../src/http/listen.ts";
import {
  allow,
  publishing,
  send,
  subscribe,
  useGreetingCloud,
} from "../requests/greeting-cloud.ts";
import { openApi } from "./api-client.ts";

const cloud = useGreetingCloud();
const listSchema = z.object({ requests: z.array(requestSummary), next: z.int().nullable() });

let listener: Listener;
let api: ReturnType<typeof openApi>;
beforeEach(async () => {
  const { fetch, refuse } = cloud().gateway;
  listener = await listen(fetch, 0, { refuse });
  api = openApi(cloud(), listener.url);
  allow(publishing);
});
afterEach(() => listener.close());

async function list(query = "") {
  return listSchema.parse((await api.call("GET", `/requests${query}`)).json);
}

/** The newest request, once it was answered. */
async function newest() {
  await expect.poll(async () => (await list()).requests[0]?.status).toBeGreaterThan(0);
  const [first] = (await list()).requests;
  if (first === undefined) throw new Error("There is no request.");
  return first;
}

async function detail(id: string, query = "") {
  return requestDetail.parse((await api.call("GET", `/requests/${id}${query}`)).json);
}

describe("the list", () => {
  beforeEach(async () => {
    for (const path of ["/greet", "/nowhere?name=Ada", "/nowhere"]) {
      await send(path);
      await newest();
    }
  });

  it("is newest first, in pages", async () => {
    const first = await list("?limit=2");
    expect(first.requests.map(({ status }) => status)).toEqual([403, 403]);
    const second = await list(`?limit=2&before=${first.next}`);
    expect(second).toMatchObject({ requests: [{ status: 200, route: "/greet" }], next: null });
  });

  it.each([
    ["status=403", 2],
    ["status=4xx", 2],
    ["status=2xx", 1],
    ["route=/greet", 1],
    ["layer=route", 2],
    ["layer=function", 1],
    ["text=nowhere", 2],
    ["text=sns:Publish", 1],
    ["text=no such text", 0],
    ["id=00000000-0000", 0],
  ])("is filtered by %s", async (query, found) => {
    expect((await list(`?${query}`)).requests).toHaveLength(found);
  });

  it.each(["status=600", "limit=0", "layer=cloud", "unknown=1"])("rejects %s", async (query) => {
    const { status, json } = await api.call("GET", `/requests?${query}`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ errors: [{ field: expect.stringContaining("query") }] });
  });

  it("masks names in a target", async () => {
    const targets = (await list()).requests.map(({ target }) => target);
    expect(targets.join()).not.toContain("Ada");
    expect((await list("?reveal=true")).requests.map(({ target }) => target).join()).toContain(
      "Ada",
    );
  });
});

it("the list says why a function refused a request, as the terminal does", async () => {
  allow();
  await send();
  expect(await newest()).toMatchObject({
    status: 502,
    answeredBy: "function",
    reason: expect.stringMatching(/^\(sns:Publish: .*not authorized/),
  });
});

describe("one request", () => {
  it("has its steps by their starts, and the lines of logs that name it", async () => {
    await subscribe("export const handler = async () => console.log('done');");
    await send();
    const { id } = await newest();
    await expect.poll(async () => (await detail(id)).logs.length).toBe(5);
    const { steps, logs, answeredBy, request } = await detail(id);
    expect(steps.map(({ layer }) => layer)).toEqual([
      "gateway",
      "route",
      "throttle",
      "validation",
      "integration",
      "function",
      "aws-call",
      "delivery",
      "function",
    ]);
    expect(steps.toSorted((a, b) => a.startMs - b.startMs)).toEqual(steps);
    expect(new Set(logs.map(({ group }) => group))).toEqual(
      new Set(["/aws/lambda/External", "/aws/lambda/Internal"]),
    );
    expect(answeredBy).toBe("function");
    expect(request.bodyBytes).toBe(3);
  });

  it("names the operation of a call of AWS, and has none for a request of the API", async () => {
    const calls = createAwsCalls({ ...cloud(), now: Date.now });
    const body = String(new URLSearchParams({ Action: "ListTopics", Version: "2010-03-31" }));
    const contentType = "application/x-www-form-urlencoded";
    await calls({ service: "sns", caller: "External", contentType, target: "/", body });
    await send();
    await expect
      .poll(async () => (await list()).requests.map(({ operation }) => operation))
      .toEqual([null, "sns:ListTopics"]);
  });

  it("is a 404 where there is none", async () => {
    expect((await api.call("GET", "/requests/none")).status).toBe(404);
  });

  it("streams to listeners", async () => {
    const response = await api.app.request("http://127.0.0.1/requests/stream", {
      headers: { host: "127.0.0.1", "x-local-cloud-token": "0123456789abcdef" },
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await send();
    const { id } = await newest();
    let text = "";
    while (!text.includes(id)) text += (await reader?.read())?.value ?? "";
    expect(text).toContain("event: request\ndata: {");
    await reader?.cancel();
  });
});

describe("a replay", () => {
  it("sends a request as it was, and says what it repeats", async () => {
    await send();
    const { id } = await newest();
    const { json } = await api.call("POST", `/requests/${id}/replay`);
    const replayed = z.object({ id: z.string(), status: z.literal(200) }).parse(json);
    expect(replayed.id).not.toBe(id);
    await expect.poll(async () => (await detail(replayed.id)).status).toBe(200);
    expect(await detail(replayed.id, "?reveal=true")).toMatchObject({
      replayOf: id,
      target: "/greet",
      request: { body: "Ada" },
    });
  });

  it("sends it changed", async () => {
    await send();
    const { id } = await newest();
    const changes = { method: "PUT", target: "/nowhere", headers: [["x-own", "1"]], body: "Bob" };
    const { json } = await api.call("POST", `/requests/${id}/replay`, changes);
    const { id: replayed } = z.object({ id: z.string() }).parse(json);
    await expect.poll(async () => (await detail(replayed)).status).toBe(403);
    const { method, target, request } = await detail(replayed, "?reveal=true");
    expect([method, target]).toEqual(["PUT", "/nowhere"]);
    expect(request.headers).toContainEqual(["x-own", "1"]);
  });

  it.each([
    [{ method: "CONNECT" }, 400],
    [{ headers: [["x-long", "x".repeat(30_000)]] }, 431],
  ])("that the gateway's server refuses has its status: %#", async (changes, refused) => {
    await send();
    const { id } = await newest();
    const { status, json } = await api.call("POST", `/requests/${id}/replay`, changes);
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: refused });
  });

  it("is not made up where the body was not read", async () => {
    await fetch(`${listener.url}/nowhere`, { method: "POST", body: "x".repeat(100_000) });
    const { id } = await newest();
    expect((await api.call("POST", `/requests/${id}/replay`)).status).toBe(409);
  });

  it("is not sent to the API where the request was a call of AWS", async () => {
    const calls = createAwsCalls({ ...cloud(), now: Date.now });
    const call = { service: "sns", caller: undefined, contentType: "text/plain" } as const;
    const { id } = await calls({ ...call, target: "/", body: "" });
    const { status, json } = await api.call("POST", `/requests/${id}/replay`);
    expect(status).toBe(409);
    expect(json).toMatchObject({ detail: expect.stringContaining("call of AWS") });
    expect((await list()).requests.length).toBe(1);
  });

  it.each([
    [{ target: "nowhere" }],
    [{ target: "/a b" }],
    [{ method: "GET /" }],
    [{ headers: [["a:b", "c"]] }],
    [{ headers: [["a", "b\r\nc: d"]] }],
    [{ unknown: 1 }],
  ])("cannot be changed to %j", async (changes) => {
    await send();
    const { id } = await newest();
    expect((await api.call("POST", `/requests/${id}/replay`, changes)).status).toBe(400);
  });
});
