/** Faults: what a call of AWS meets, for how many calls, and when it ends. */
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import type { FaultChange } from "../../src/faults/faults.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

let cloud: StartedCloud;
let api: ReturnType<typeof openApi>;
let changes: FaultChange[];
let sns: SNSClient;
beforeEach(async () => {
  changes = [];
  cloud = await startTestCloud({ onFault: (change) => changes.push(change) });
  api = openApi(cloud);
  ({ sns } = cloud.clients);
});
afterEach(() => cloud.stop());

const call = "sns:Publish";

async function begin(fault: object): Promise<string> {
  const { status, json } = await api.call("POST", "/faults", { call, ...fault });
  expect(status).toBe(201);
  return z.object({ id: z.string() }).parse(json).id;
}

function publish() {
  const { arn: TopicArn } = cloud.topics.create("names");
  return sns.send(new PublishCommand({ TopicArn, Message: "Ada" }));
}

describe("a call", () => {
  it("fails with a code and a status, for so many calls", async () => {
    await begin({ effect: { kind: "error", code: "InternalError", status: 503 }, times: 2 });
    const failure = { name: "InternalErrorException", $metadata: { httpStatusCode: 503 } };
    await expect(publish()).rejects.toMatchObject(failure);
    await expect(publish()).rejects.toMatchObject(failure);
    await expect(publish()).resolves.toMatchObject({ MessageId: expect.any(String) });
    expect(changes.map(({ change }) => change)).toEqual(["begun", "met", "met", "ended"]);
    expect((await api.call("GET", "/faults")).json).toEqual({ faults: [] });
  });

  it("is throttled with its service's code", async () => {
    await begin({ effect: { kind: "throttle" } });
    await expect(publish()).rejects.toMatchObject({ name: "ThrottledException" });
    await begin({ call: "secretsmanager:GetSecretValue", effect: { kind: "throttle" } });
    await expect(
      cloud.clients.secretsManager.send(new GetSecretValueCommand({ SecretId: "none" })),
    ).rejects.toMatchObject({ name: "ThrottlingException" });
  });

  it("hangs until its fault is ended, and goes on", async () => {
    const id = await begin({ effect: { kind: "hang" } });
    let isOver = false;
    const published = publish().finally(() => (isOver = true));
    await expect.poll(() => changes.length).toBe(2);
    expect(isOver).toBe(false);
    expect((await api.call("GET", "/faults")).json).toMatchObject({
      faults: [{ id, remaining: 0 }],
    });
    expect((await api.call("DELETE", `/faults/${id}`)).status).toBe(204);
    await published;
  });

  it("slows down", async () => {
    await begin({ effect: { kind: "delay", milliseconds: 50 } });
    const startedAt = performance.now();
    await publish();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(45);
  });

  it("of another name is not disturbed", async () => {
    await begin({ call: "sns:Subscribe", effect: { kind: "error" } });
    await expect(publish()).resolves.toBeDefined();
  });
});

it("there are 100 faults at most; others are ended first", async () => {
  const ids: string[] = [];
  const effect = { kind: "throttle" };
  for (let at = 0; at < 100; at += 1) ids.push(await begin({ effect }));
  const { status, json } = await api.call("POST", "/faults", { call, effect });
  expect(status).toBe(409);
  expect(json).toMatchObject({ detail: "At most 100 faults are in force at once: end one first." });
  await api.call("DELETE", `/faults/${ids[0]}`);
  await begin({ effect });
});

it("a fault that is not in force cannot be ended", async () => {
  expect((await api.call("DELETE", "/faults/1")).status).toBe(404);
});
