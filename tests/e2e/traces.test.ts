/** A greeting, and a refused request, in X-Ray. */
import { BatchGetTracesCommand, XRayClient } from "@aws-sdk/client-xray";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

let app: SharedApp;
let client: XRayClient;
beforeAll(async () => {
  app = await useSharedApp();
  client = new XRayClient(clientConfig(app.urls.aws));
});
afterAll(() => {
  client?.destroy();
  app?.close();
});

const segment = z.object({ name: z.string(), origin: z.string() });

/** Posts in a trace of its own; the origins and names of that trace's segments. */
async function traced(suffix: string, headers: Record<string, string>, body: object) {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const id = `1-${seconds}-${suffix.padStart(24, "0")}`;
  const response = await fetch(`${app.urls.api}/lambda1`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", "x-amzn-trace-id": `Root=${id}` },
    body: JSON.stringify(body),
  });
  await response.text();
  const origins = async () => {
    const { Traces } = await client.send(new BatchGetTracesCommand({ TraceIds: [id] }));
    const documents = (Traces?.[0]?.Segments ?? []).map(({ Document = "" }) => Document);
    expect(documents.join()).not.toMatch(/Ada Traced|@example\.com|Bearer/);
    return documents.map((text) => segment.parse(JSON.parse(text)).origin).toSorted();
  };
  return { status: response.status, origins };
}

it("a greeting is one trace, from the stage through the topic to the consumer", async () => {
  const authorization = `Bearer ${await app.token(1)}`;
  const { status, origins } = await traced("a1", { authorization }, { name: "Ada Traced" });
  expect(status).toBe(200);
  await app.greetings.arrived("Ada Traced");
  await expect
    .poll(origins)
    .toEqual([
      "AWS::ApiGateway::Stage",
      "AWS::Lambda",
      "AWS::Lambda",
      "AWS::Lambda::Function",
      "AWS::Lambda::Function",
      "AWS::SNS",
    ]);
});

it("a refused request has the stage's segment only", async () => {
  const { status, origins } = await traced("a2", {}, { name: "Nobody" });
  expect(status).toBe(401);
  expect(await origins()).toEqual(["AWS::ApiGateway::Stage"]);
});
