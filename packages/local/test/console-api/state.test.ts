/** Resources, routes, mails, log groups and queues in the console's API. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import {
  allow,
  publishing,
  queueArn,
  send,
  subscribe,
  useGreetingCloud,
} from "../requests/greeting-cloud.ts";
import { openApi } from "./api-client.ts";

const cloud = useGreetingCloud();
let api: ReturnType<typeof openApi>;
beforeEach(() => {
  api = openApi(cloud());
});

it("resources have their topic and their inputs, without secrets", async () => {
  const { deployments } = api;
  const base = { parent: "", custom: true, ignoreChanges: [], dependencies: {}, dependsOn: [] };
  const type = "aws:secretsmanager/secretVersion:SecretVersion";
  const secret = { type: "aws:secretsmanager/secret:Secret", name: "Secret", urn: "urn:1" };
  deployments.begin("test");
  const { id } = await deployments.apply({ ...base, ...secret, inputs: { name: "topic" } });
  const inputs = { secretId: id, secretString: "hush" };
  await deployments.apply({ ...base, type, name: "Version", urn: "urn:2", inputs });
  await deployments.complete();
  expect((await api.call("GET", "/resources")).json).toMatchObject({
    resources: [
      { stage: "test", topic: "secretsmanager", name: "Secret", inputs: { name: "topic" } },
      { inputs: { secretId: id, secretString: "***" } },
    ],
  });
  const { json } = await api.call("GET", "/resources?reveal=true");
  expect(JSON.stringify(json)).toContain("hush");
  expect((await api.call("GET", "/limitations")).status).toBe(200);
});

it("the API's routes have their authorizers", async () => {
  expect((await api.call("GET", "/api-routes")).json).toEqual({
    routes: [{ method: "POST", path: "/greet", authorizer: null }],
  });
});

it("mails are masked with their codes", async () => {
  const code = { userPoolId: "us-east-1_a", destination: "ada@example.com", code: "123456" };
  api.mailbox.receiveCode(0, { ...code, kind: "SignUp" });
  expect((await api.call("GET", "/mails")).json).toMatchObject({
    mails: [{ from: "Cognito", to: "***", text: "Your confirmation code is ***" }],
  });
  const { json } = await api.call("GET", "/mails?reveal=true");
  expect(json).toMatchObject({ mails: [{ to: "ada@example.com" }] });
});

describe("log events", () => {
  beforeEach(() => {
    for (const message of ["one", "two", "three"]) {
      cloud().logs.write({ group: "/g", stream: "s", timestamp: 0, message });
    }
  });

  it("are newest first, in pages", async () => {
    const { json } = await api.call("GET", "/log-events?group=/g&limit=2");
    const { next } = z.object({ next: z.int() }).parse(json);
    expect(json).toMatchObject({ events: [{ message: "three" }, { message: "two" }] });
    const last = await api.call("GET", `/log-events?group=/g&before=${next}`);
    expect(last.json).toMatchObject({ events: [{ message: "one" }], next: null });
  });

  it("are filtered by a pattern of CloudWatch Logs", async () => {
    const { json } = await api.call("GET", "/log-events?group=/g&filter=-one");
    expect(json).toMatchObject({ events: [{ message: "three" }, { message: "two" }] });
    expect((await api.call("GET", "/log-events?group=/g&filter=%22")).status).toBe(400);
    expect((await api.call("GET", "/log-events?group=/none")).status).toBe(404);
  });

  it("have their group in the list", async () => {
    const { json } = await api.call("GET", "/log-groups");
    expect(json).toMatchObject({ logGroups: [{ name: "/g", events: 3, retentionInDays: null }] });
  });
});

describe("a dead letter", () => {
  const listed = z.object({
    messages: z.array(z.looseObject({ id: z.string(), reason: z.string() })),
  });
  const messages = async () => {
    const { json } = await api.call("GET", "/queues/dead/messages");
    return listed.parse(json).messages;
  };

  beforeEach(async () => {
    allow(publishing, { Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn });
    await subscribe("export const handler = async () => { throw new TypeError('no'); };");
    await send();
    await vi.waitUntil(async () => (await messages()).length === 1, { timeout: 30_000 });
  });

  it("has its source and its reason, and is counted", async () => {
    expect(await messages()).toMatchObject([
      {
        source: expect.stringContaining(":function:Internal"),
        reason: "RetriesExhausted after 2 attempts: TypeError: no",
        isRedrivable: true,
        body: null,
      },
    ]);
    const { json } = await api.call("GET", "/queues");
    expect(json).toMatchObject({ queues: [{ name: "dead", messages: 1 }] });
  });

  it("is redriven to its function", async () => {
    const [{ id } = { id: "" }] = await messages();
    expect((await api.call("POST", `/queues/dead/messages/${id}/redrive`)).status).toBe(204);
    // It fails again.
    await expect.poll(async () => (await messages())[0]?.id).not.toBe(id);
  });

  it("is discarded", async () => {
    const [{ id } = { id: "" }] = await messages();
    expect((await api.call("DELETE", `/queues/dead/messages/${id}`)).status).toBe(204);
    expect(await messages()).toEqual([]);
    expect((await api.call("DELETE", `/queues/dead/messages/${id}`)).status).toBe(404);
    expect((await api.call("GET", "/queues/none/messages")).status).toBe(404);
  });
});
