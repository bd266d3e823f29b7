/** What every route gives is masked, unless it is asked for. */
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
import { hidden } from "../../src/console-api/hidden.ts";
import { openApi } from "./api-client.ts";

const cloud = useGreetingCloud();
let api: ReturnType<typeof openApi>;
beforeEach(() => {
  api = openApi(cloud());
  allow(publishing, { Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn });
});

const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.";

async function sent(): Promise<string> {
  await send("/greet?email=%61da");
  await expect.poll(() => cloud().requests.newestFirst()[0]?.response).toBeDefined();
  return cloud().requests.newestFirst()[0]?.id ?? "";
}

const write = (message: string) =>
  cloud().logs.write({ group: "/g", stream: "s", timestamp: 0, message });

describe("lines of logs", () => {
  const eventsSchema = z.object({ events: z.array(z.object({ message: z.string() })) });

  async function lines(query = ""): Promise<string[]> {
    const { json } = await api.call("GET", `/log-events?group=/g${query}`);
    return eventsSchema.parse(json).events.map(({ message }) => message);
  }

  it("have no name and no token of the request that they name", async () => {
    const id = await sent();
    write(`{"message":"Hello Ada, %61da","correlationId":"${id}","token":"${token}"}`);
    expect(await lines()).toEqual([
      `{"message":"Hello ***, ***","correlationId":"${id}","token":"***"}`,
    ]);
    expect(await lines("&reveal=true")).toEqual([expect.stringContaining("Hello Ada")]);
  });

  it("are hidden where their request is not kept, or they were cut", async () => {
    write('{"message":"Hello Ada","requestId":"00000000-0000-4000-8000-000000000000"}');
    write(`(${await sent()}) Method request body before transformations: A [TRUNCATED]`);
    for (const line of await lines()) expect(line).toMatch(/^\*\*\* \(\d+\)$/);
  });

  it("of Lambda itself, and those about no request, are shown", async () => {
    const report = "REPORT RequestId: 00000000-0000-4000-8000-000000000000\tDuration: 1 ms";
    const init = '{"time":"2026-01-01T00:00:00Z","type":"platform.initStart","record":{}}';
    for (const line of [report, init, "read the configuration"]) write(line);
    expect(await lines()).toEqual(["read the configuration", init, report]);
  });
});

it("what decided a step has no name that was sent", async () => {
  await send("/greet");
  await expect.poll(() => cloud().requests.newestFirst()[0]?.response).toBeDefined();
  const [record] = cloud().requests.newestFirst();
  vi.spyOn(cloud().requests, "find").mockReturnValue(
    record && {
      ...record,
      steps: record.steps.map((step) => ({ ...step, facts: { subject: "Ada", count: 1 } })),
    },
  );
  const { json } = await api.call("GET", `/requests/${record?.id}`);
  expect(json).toMatchObject({
    steps: expect.arrayContaining([
      expect.objectContaining({ facts: { subject: "***", count: 1 } }),
    ]),
  });
  expect(JSON.stringify(json)).not.toContain("Ada");
});

const messages = async () => {
  const { json } = await api.call("GET", "/queues/dead/messages");
  return z.object({ messages: z.array(z.object({ reason: z.string() })) }).parse(json).messages;
};

it("a dead letter's reason has nothing that was published", async () => {
  await subscribe(
    "export const handler = async ({ Records: [{ Sns }] }) => { throw new TypeError(`no ${Sns.Message}`); };",
  );
  await send();
  await vi.waitUntil(async () => (await messages()).length === 1, { timeout: 30_000 });
  expect(await messages()).toEqual([
    expect.objectContaining({ reason: "RetriesExhausted after 2 attempts: TypeError: no ***" }),
  ]);
});

it("a mail of a topic has no text, and one of Cognito no name and no password", async () => {
  const message = { to: "ada@example.com", subject: "News", text: "Ada" };
  api.mailbox.receive(0, message);
  const invitation = { userPoolId: "us-east-1_a", destination: "ada@example.com", username: "ada" };
  api.mailbox.receiveCode(1, { ...invitation, code: "Secret-1!", kind: "AdminCreateUser" });
  expect((await api.call("GET", "/mails")).json).toMatchObject({
    mails: [
      { to: "***", text: "Your username is *** and temporary password is ***." },
      { to: "***", subject: "News", text: "*** (3)" },
    ],
  });
  expect(JSON.stringify((await api.call("GET", "/mails?reveal=true")).json)).toContain('"Ada"');
});

it("a user's name is masked also where it is no address", async () => {
  const { id } = await cloud().cognito.createUserPool({ name: "Users" });
  await api.call("POST", "/users", { userPoolId: id, username: "ada", password: "Correct-1!" });
  expect((await api.call("GET", "/users")).json).toMatchObject({
    userPools: [{ users: [{ username: "***" }] }],
  });
});

it("a trace's segments have no token in what a client calls them", async () => {
  const [trace_id, id] = ["1-6a000000-000000000000000000000001", "000000000000000a"];
  const url = `https://api.example/local/${token}?token=${token}`;
  cloud().xray.record({
    trace_id,
    id,
    name: `for ${token}`,
    start_time: 1,
    end_time: 2,
    http: { request: { method: "POST", url } },
  });
  const all = [await api.call("GET", "/traces"), await api.call("GET", `/traces/${trace_id}`)];
  for (const { json } of all) {
    expect(JSON.stringify(json)).toContain("for ***");
    expect(JSON.stringify(json)).not.toContain("eyJ");
  }
});

describe("a resource", () => {
  const base = { parent: "", custom: true, ignoreChanges: [], dependencies: {}, dependsOn: [] };

  it("that is random has no value, neither as its id", async () => {
    const type = "random:index/randomBytes:RandomBytes";
    api.deployments.begin("test");
    const { id } = await api.deployments.apply({
      ...base,
      type,
      name: "Key",
      urn: "urn:1",
      inputs: { length: 16 },
    });
    await api.deployments.complete();
    const { json } = await api.call("GET", "/resources");
    expect(json).toMatchObject({ resources: [{ id: "***", outputs: { hex: "***" } }] });
    expect(JSON.stringify(json)).not.toContain(id);
  });

  it("has no secret within a text of JSON, nor in a URL", () => {
    const variables = {
      SST_RESOURCE_Key: '{"type":"Secret","value":"hush"}',
      DATABASE: "postgres://user:hush@database:5432/",
      POLICY: '{"Version":"2012-10-17"}',
    };
    expect(hidden({ environment: { variables } })).toEqual({
      environment: {
        variables: {
          SST_RESOURCE_Key: '{"type":"Secret","value":"***"}',
          DATABASE: "postgres://***@database:5432/",
          POLICY: '{"Version":"2012-10-17"}',
        },
      },
    });
  });
});
