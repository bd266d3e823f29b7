/** Another SST app on the local cloud: it works with SST's own defaults, or is refused by name. */
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { createUser, localPassword, signIn } from "../../scripts/support/users.ts";
import { copyOtherApp, type AppCopy } from "../support/app-copy.ts";
import { openAws, type AwsClients } from "../support/aws-clients.ts";
import { graphOf } from "../support/graph.ts";
import { untilLogged } from "../support/log-lines.ts";

const stage = "test";

let app: AppCopy;
let cloud: LocalCloud;
let aws: AwsClients;
let outputs: z.infer<typeof outputsSchema>;
beforeAll(async () => {
  app = copyOtherApp("orders");
  cloud = await startLocalCloud({ project: app.folder });
  await cloud.deploy({ stage });
  aws = openAws(cloud.urls.aws);
  outputs = outputsSchema.parse(graphOf(cloud.graph(stage)).one("pulumi:pulumi:Stack").outputs);
});
afterAll(async () => {
  aws?.close();
  await cloud?.stop();
  app?.remove();
});

const outputsSchema = z.object({
  api: z.url(),
  archive: z.string(),
  client: z.string(),
  pool: z.string(),
  partnerKey: z.string(),
});

const change = (kind: string, authorization?: string) =>
  call(`/orders?kind=${kind}`, {
    method: "POST",
    ...(authorization === undefined ? {} : { headers: { authorization } }),
  });
const call = (path: string, init?: RequestInit) => fetch(`${cloud.urls.api}${path}`, init);

it("shows what is linked and where it runs as AWS would", () => {
  expect(outputs.api).toMatch(/^https:\/\/\w+\.execute-api\.us-east-1\.amazonaws\.com\/test\/$/);
});

describe("a route without an authorizer", () => {
  it("is open, and its function has the path's parameter and what it is linked to", async () => {
    const response = await call("/orders/o-7");
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toEqual({
      id: "o-7",
      currency: "EUR",
      signature: "signed in test",
    });
  });

  it("answers preflights as SST's default has it", async () => {
    const response = await call("/orders/o-7", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("a route with a user pool", () => {
  it("is closed without a token", async () => {
    expect((await change("placed")).status).toBe(401);
  });

  it("publishes for a customer; each subscriber gets what its filter lets through", async () => {
    const target = { stage, local: true, cognito: aws.cognito };
    const pool = { number: 1, userPoolId: outputs.pool, clientId: outputs.client } as const;
    const customer = { email: "ada@example.com", password: localPassword };
    await createUser(target, pool, customer);
    const token = await signIn(target, pool, customer);

    for (const kind of ["placed", "cancelled", "placed"]) {
      expect((await change(kind, token)).status).toBe(202);
    }
    const billing = graphOf(cloud.graph(stage)).one(
      "aws:cloudwatch/logGroup:LogGroup",
      "EventsSubscriberBillingFunctionLogGroup",
    ).id;
    // Lambda's text format: time, request id, level and message between tabs (documented).
    const line = /^\S+Z\t[0-9a-f-]{36}\tINFO\tBilled placed \{"customer":"ada@example\.com"\}\s*$/;
    await untilLogged(cloud.logs, billing, line, 2);
    expect(cloud.logs.read(billing).filter(({ message }) => /cancelled/.test(message))).toEqual([]);

    const archived = await aws.take(outputs.archive, 20);
    expect(archived.map((body) => envelopeSchema.parse(JSON.parse(body)))).toEqual([
      {
        Message: '{"customer":"ada@example.com"}',
        MessageAttributes: { kind: { Type: "String", Value: "cancelled" } },
      },
    ]);
  });
});

describe("a route for partners", () => {
  it("is closed without an API key, and with another", async () => {
    expect((await call("/partners/stock")).status).toBe(403);
    const headers = { "x-api-key": "00000000000000000000" };
    expect((await call("/partners/stock", { headers })).status).toBe(403);
  });

  it.each(["GET", "PUT"])("takes %s and every path below it with the key", async (method) => {
    const headers = { "x-api-key": outputs.partnerKey };
    const response = await call("/partners/stock/7", { method, headers });
    expect(response.status).toBe(200);
    await expect(response.text()).resolves.toBe(`${method} stock/7`);
  });
});

it("is refused with what the local cloud does not have, by name, and goes on as it was", async () => {
  app.replace(
    "sst.config.ts",
    'const archive = new sst.aws.Queue("Archive");',
    'const archive = new sst.aws.Queue("Archive");\n' +
      'new sst.aws.Dynamo("Stock", { fields: { id: "string" }, primaryIndex: { hashKey: "id" } });',
  );
  await expect(cloud.deploy({ stage })).rejects.toThrow(
    /does not support resources of type aws:dynamodb\/table:Table \(here "StockTable"\)[\s\S]*README\.md/,
  );
  expect((await call("/orders/o-8")).status).toBe(200);
});

const envelopeSchema = z.object({
  Message: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ Type: z.string(), Value: z.string() })),
});
