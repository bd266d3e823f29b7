/** The connection that is opened ahead, with the real SNS client over TLS. */
import { once } from "node:events";
import { createServer, request } from "node:https";
import type { Server } from "node:https";
import net from "node:net";
import tls from "node:tls";
import { SNSClient } from "@aws-sdk/client-sns";
import { makeSnsPublisher } from "@secure-lambda/core/adapters";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { ReadyAgent } from "../../../packages/functions/src/init/ready-agent.ts";
import { createTlsIdentity } from "../../../packages/local/src/http/certificate/identity.ts";
import { ada, topic } from "../domain/examples.ts";

const { key, cert, authority } = createTlsIdentity();
const trusted = tls.getCACertificates("default");
beforeAll(() => tls.setDefaultCACertificates([authority]));
afterAll(() => tls.setDefaultCACertificates(trusted));

let server: Server;
let agent: ReadyAgent;
let sockets: tls.TLSSocket[];
let seen: { connections: number; requests: number };

beforeEach(async () => {
  seen = { connections: 0, requests: 0 };
  sockets = [];
  agent = new ReadyAgent();
  server = createServer({ key, cert }, (_, response) => {
    seen.requests += 1;
    response.end(
      '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>4a1f</MessageId></PublishResult></PublishResponse>',
    );
  });
  server.on("secureConnection", (socket) => {
    seen.connections += 1;
    sockets.push(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(async () => {
  agent.destroy();
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
});

const portOf = (listening: net.Server) =>
  z.object({ port: z.number() }).parse(listening.address()).port;
const destination = () => ({ protocol: "https:", hostname: "127.0.0.1", port: portOf(server) });

/** Publishes once through the real client. */
async function publish() {
  const client = new SNSClient({
    endpoint: `https://127.0.0.1:${portOf(server)}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    requestHandler: { httpsAgent: agent, connectionTimeout: 5_000 },
  });
  return makeSnsPublisher(client).publish(topic, { name: ada, correlationId: "request-1" });
}

test("nothing is sent over the connection until a request takes it", async () => {
  await agent.openAhead(destination());
  await expect.poll(() => seen).toEqual({ connections: 1, requests: 0 });
  expect(await publish()).toEqual({ messageId: "4a1f" });
  expect(seen).toEqual({ connections: 1, requests: 1 });
});

test("later requests keep it", async () => {
  await agent.openAhead(destination());
  await publish();
  await publish();
  expect(seen).toEqual({ connections: 1, requests: 2 });
});

test("a request after the connection has ended opens another", async () => {
  await agent.openAhead(destination());
  await expect.poll(() => seen.connections).toBe(1);
  const [socket] = sockets;
  socket?.end();
  // It closes once the agent's side has ended too.
  if (socket?.closed === false) await once(socket, "close");
  expect(await publish()).toEqual({ messageId: "4a1f" });
  expect(seen).toEqual({ connections: 2, requests: 1 });
});

test("a request to another host does not take it", async () => {
  await agent.openAhead({ ...destination() });
  const other = request({ host: "localhost", port: portOf(server), agent });
  other.on("error", () => {});
  other.end();
  await once(other, "error"); // The certificate is not for that name.
  await publish();
  expect(seen.requests).toBe(1);
});

test("a server that nobody vouches for is refused", async () => {
  tls.setDefaultCACertificates([]);
  await expect(agent.openAhead(destination())).rejects.toThrow(/certificate/);
  tls.setDefaultCACertificates([authority]);
});

test("a server that never answers is given up", async () => {
  const mute = net.createServer();
  mute.listen(0, "127.0.0.1");
  await once(mute, "listening");
  await expect(agent.openAhead({ ...destination(), port: portOf(mute) })).rejects.toThrow(
    "The connection took too long.",
  );
  mute.close();
});

test.each([undefined, { protocol: "http:", hostname: "127.0.0.1", port: 1 }])(
  "without TLS nothing is opened: %o",
  async (where) => {
    await agent.openAhead(where);
    expect(seen.connections).toBe(0);
  },
);
