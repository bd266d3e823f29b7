/** The connection that init leaves to SNS, with the real client over TLS. */
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import tls from "node:tls";
import { SNSClient } from "@aws-sdk/client-sns";
import { nameSchema, topicArnSchema } from "@secure-lambda/core";
import { createSnsMessagePublisher } from "@secure-lambda/core/adapters";
import { awsClientOptions } from "@secure-lambda/core/adapters";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { createTlsIdentity } from "../../local/src/http/certificate/identity.ts";
import { warmConnection } from "../src/warm-connection.ts";

const { key, cert, authority } = createTlsIdentity();
const trusted = tls.getCACertificates("default");
beforeAll(() => tls.setDefaultCACertificates([authority]));
afterAll(() => tls.setDefaultCACertificates(trusted));

let server: Server;
let client: SNSClient;
let seen: { connections: number; requests: (string | undefined)[] };

beforeEach(async () => {
  seen = { connections: 0, requests: [] };
  server = createServer({ key, cert }, (request, response) => {
    seen.requests.push(request.method);
    response.end(
      '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>4a1f</MessageId></PublishResult></PublishResponse>',
    );
  });
  server.on("secureConnection", () => {
    seen.connections += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = new SNSClient({
    ...awsClientOptions,
    endpoint: `https://127.0.0.1:${portOf()}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});

afterEach(async () => {
  client.destroy();
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
});

const portOf = () => z.object({ port: z.number() }).parse(server.address()).port;
const destination = () => ({ protocol: "https:", hostname: "127.0.0.1", port: portOf() });

test("the first publication takes the connection that is there", async () => {
  await warmConnection(client, destination());
  const published = await createSnsMessagePublisher(client).publish(
    topicArnSchema.parse("arn:aws:sns:us-east-1:123456789012:greetings"),
    { name: nameSchema.parse("Ada"), correlationId: "request-1" },
  );
  expect(published).toEqual({ messageId: "4a1f" });
  expect(seen).toEqual({ connections: 1, requests: ["GET", "POST"] });
});

test("a server with an untrusted certificate is refused", async () => {
  tls.setDefaultCACertificates([]);
  await expect(warmConnection(client, destination())).rejects.toThrow(/certificate/);
  tls.setDefaultCACertificates([authority]);
});

test.each([undefined, { protocol: "http:", hostname: "127.0.0.1", port: 1 }])(
  "without TLS nothing is opened: %o",
  async (where) => {
    await warmConnection(client, where);
    expect(seen.connections).toBe(0);
  },
);
