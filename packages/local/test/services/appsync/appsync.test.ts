import { once } from "node:events";
import https from "node:https";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createAppSyncApi } from "../../../src/services/appsync/api.ts";
import { createChannels, type Channels } from "../../../src/services/appsync/channels.ts";
import { startAppSync } from "../../../src/services/appsync/server.ts";
import { createTlsIdentity } from "../../../src/http/certificate/identity.ts";
import type { Listener } from "../../../src/http/listen.ts";

const identity = createTlsIdentity();
const ca = identity.authority;
const signed = (region = "us-east-1", service = "appsync") =>
  `AWS4-HMAC-SHA256 Credential=local/20261123/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const fail = (error: unknown) => expect.unreachable(String(error));

let channels: Channels;
let events: Listener;
beforeEach(async () => {
  channels = createChannels();
  events = await startAppSync({ channels, identity, region: "us-east-1", onError: fail });
});
afterEach(() => events.close());

function post(body: string, headers: Record<string, string>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  https
    .request(
      `${events.url}/event`,
      { method: "POST", ca, headers, checkServerIdentity: () => undefined },
      (response) => {
        response.resume().on("end", () => resolve(response.statusCode));
      },
    )
    .on("error", reject)
    .end(body);
  return promise;
}

function connect(authorization: object | undefined, options: object = {}): WebSocket {
  const header = Buffer.from(JSON.stringify(authorization ?? {})).toString("base64url");
  const protocols = ["aws-appsync-event-ws", `header-${header}`];
  return new WebSocket(`${events.url.replace("https", "wss")}/event/realtime`, protocols, {
    ca,
    ...options,
  });
}

async function nextMessage(socket: WebSocket): Promise<unknown> {
  const [data] = await once(socket, "message");
  return JSON.parse(String(data));
}

it("brings what is published over HTTPS to who has subscribed over a WebSocket", async () => {
  const socket = connect({ Authorization: signed() });
  await once(socket, "open");
  expect(socket.protocol).toBe("aws-appsync-event-ws");
  socket.send(JSON.stringify({ type: "connection_init" }));
  await expect(nextMessage(socket)).resolves.toEqual({
    type: "connection_ack",
    connectionTimeoutMs: 300_000,
  });
  socket.send(
    JSON.stringify({ type: "subscribe", id: "1", channel: "/sst/app/local/in", authorization: {} }),
  );
  await expect(nextMessage(socket)).resolves.toEqual({ type: "subscribe_success", id: "1" });
  const message = nextMessage(socket);
  const body = JSON.stringify({ channel: "/sst/app/local/in", events: ['{"type":0}'] });
  await expect(post(body, { authorization: signed() })).resolves.toBe(200);
  await expect(message).resolves.toEqual({ type: "data", id: "1", event: '{"type":0}' });
  socket.close();
});

it("rejects by name what it does not know", async () => {
  const socket = connect({ Authorization: signed() });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "publish" }));
  await expect(nextMessage(socket)).resolves.toMatchObject({
    type: "error",
    errors: [{ errorType: "UnsupportedOperation" }],
  });
  socket.close();
});

it("forgets a client that has gone", async () => {
  const socket = connect({ Authorization: signed() });
  await once(socket, "open");
  socket.send(
    JSON.stringify({ type: "subscribe", id: "1", channel: "/sst/a/b/in", authorization: {} }),
  );
  await nextMessage(socket);
  expect(channels.publish("/sst/a/b/in", "1")).toBe(true);
  await events.close();
  expect(channels.publish("/sst/a/b/in", "1")).toBe(false);
});

const rejected: [string, Record<string, string>][] = [
  ["that is not signed", {}],
  ["signed for another service", { authorization: signed("us-east-1", "sqs") }],
  ["signed for another Region", { authorization: signed("eu-west-1") }],
  ["of a web page", { authorization: signed(), origin: "https://127.0.0.1" }],
];

it.each(rejected)("rejects to publish for a request %s", async (_, headers) => {
  const body = JSON.stringify({ channel: "/sst/a/b/in", events: ["1"] });
  await expect(post(body, headers)).resolves.toBe(401);
});

it.each(rejected)("rejects a WebSocket for a request %s", async (_, headers) => {
  const { authorization: Authorization, origin } = headers;
  const socket = connect(Authorization === undefined ? undefined : { Authorization }, { origin });
  const [error] = await once(socket, "error");
  expect(String(error)).toContain("401");
});

it("rejects a host name that is not this machine's", async () => {
  const headers = { authorization: signed(), host: "attacker.example" };
  await expect(post("{}", headers)).resolves.toBe(403);
});

it.each([
  ["a channel with a wildcard", { channel: "/sst/*", events: ["1"] }],
  ["an event that is no text", { channel: "/sst/a", events: [1] }],
  ["2 MiB", { channel: "/sst/a", events: ["x".repeat(2 ** 21)] }],
  ["too many events", { channel: "/sst/a", events: Array.from({ length: 6 }, () => "1") }],
])("answers 400 to %s", async (_, body) => {
  const headers = { authorization: signed() };
  await expect(post(JSON.stringify(body), headers)).resolves.toBe(400);
});

it("is found as the Event API named sst, once it is up", async () => {
  let host: string | undefined;
  const api = createAppSyncApi({ region: "us-east-1", account: "000000000000", host: () => host });
  const ask = async (pathname: string) => {
    const url = new URL(pathname, "http://127.0.0.1");
    const request = { method: "GET", url, headers: new Headers(), body: Buffer.alloc(0) };
    const operation = api.operationOf(request);
    expect(api.operations).toContain(operation);
    const response = await api.handle({ request, operation, caller: "local" });
    return response.json();
  };
  await expect(ask("/v2/apis")).resolves.toEqual({ apis: [] });
  host = "127.0.0.1:1234";
  const found = expect.objectContaining({
    apiId: "local",
    name: "sst",
    dns: { HTTP: host, REALTIME: host },
  });
  await expect(ask("/v2/apis")).resolves.toEqual({ apis: [found] });
  await expect(ask("/v2/apis/local")).resolves.toEqual({ api: found });
  await expect(ask("/v2/apis/other")).rejects.toThrow("no such Event API");
});
