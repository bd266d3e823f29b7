/** A function behind a stage that publishes to a topic, and one that consumes: all traced, as the test says. */
import { BatchGetTracesCommand, XRayClient } from "@aws-sdk/client-xray";
import { expect } from "vitest";
import { withDescendants } from "../../../src/services/xray/assemble.ts";
import {
  parseSegment,
  type Segment,
  type Subsegment,
} from "../../../src/services/xray/segments.ts";
import { newTraceId } from "../../../src/services/xray/trace-header.ts";
import { clientConfig } from "../../support/client-config.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { connectionOf, deploy, functionArn } from "../api-gateway/gateway-harness.ts";
import { settingsOf, zipOf } from "../lambda/lambda-harness.ts";

/** A package as functions import it, beside whose code there is none. */
const imported = (name: string) => JSON.stringify(import.meta.resolve(name));

/** Reads a secret and publishes, by AWS's own clients, with what is done `before`. */
export const publisher = (before = "") => `
import dgram from "node:dgram";
import { SNSClient, PublishCommand } from ${imported("@aws-sdk/client-sns")};
import { SecretsManagerClient, GetSecretValueCommand } from ${imported("@aws-sdk/client-secrets-manager")};
const once = { maxAttempts: 1 };
const [sns, secrets] = [new SNSClient(once), new SecretsManagerClient(once)];
const trace = () => process.env._X_AMZN_TRACE_ID;
export const handler = async () => {
  ${before}
  await secrets.send(new GetSecretValueCommand({ SecretId: "topic" }));
  await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: "m" }));
  return { statusCode: 200, body: trace() };
};`;

export const topicArn = "arn:aws:sns:us-east-1:000000000000:names";
const everything = ["secretsmanager:*", "sns:*", "xray:PutTraceSegments"];

type Mode = "Active" | "PassThrough";

/** What differs from one test to the other. */
interface AppOptions {
  readonly publisher?: string;
  readonly consumer?: string;
  readonly topic?: Mode;
  readonly functions?: Mode;
  readonly stage?: boolean;
  /** What the publisher's role allows. */
  readonly actions?: readonly string[];
}

/** The app, with X-Ray's own client. */
export interface TracedApp extends StartedCloud {
  readonly client: XRayClient;
  /** The ids of all traces, oldest first. */
  traces(): string[];
  /** Posts to the stage, in a trace with this id unless `headers` name another. */
  post(headers?: Record<string, string>): Promise<Posted>;
  /** The documents of a trace, once there are so many of this origin. */
  trace(id: string, origin: string, count?: number): Promise<Segment[]>;
}

/** The response of the stage; the publisher's body is the tracing header that it saw. */
interface Posted {
  readonly status: number;
  readonly id: string;
  readonly header: string;
  readonly body: string;
}

/** Starts it: `External` publishes, `Internal` consumes, and tries a second time. */
export async function startTracedApp(options: AppOptions = {}): Promise<TracedApp> {
  const cloud = await startTestCloud({ wait: () => Promise.resolve() });
  const { apis, gateway, lambda, roles, secrets, topics } = cloud;
  const { topic = "PassThrough", functions = "Active", stage = true } = options;
  const client = new XRayClient({
    ...clientConfig(cloud.url),
    maxAttempts: 1,
  });

  async function put(name: string, source: string, actions: readonly string[], arn: string) {
    const Statement = [{ Effect: "Allow", Action: actions, Resource: "*" }];
    const inlinePolicies = [JSON.stringify({ Version: "2012-10-17", Statement })];
    roles.put({ name, arn: `arn:aws:iam::000000000000:role/${name}`, inlinePolicies });
    const zip = await zipOf(cloud.folder, { "bundle.mjs": source });
    const environment = { TOPIC: topicArn };
    await lambda.putFunction(settingsOf(zip, { name, arn, environment, tracing: functions }));
    lambda.putEventInvokeConfig(name, { maximumRetryAttempts: 1 });
  }

  function allow(functionName: string, principal: string): void {
    lambda.addPermission({
      functionName,
      principal,
      statementId: "allowed",
      action: "lambda:InvokeFunction",
    });
  }

  const internalArn = "arn:aws:lambda:us-east-1:000000000000:function:Internal";
  const consumer = options.consumer ?? "export const handler = async () => null;";
  await put("Internal", consumer, everything, internalArn);
  const external = options.publisher ?? publisher();
  await put("External", external, options.actions ?? everything, functionArn);
  allow("External", "apigateway.amazonaws.com");
  allow("Internal", "sns.amazonaws.com");
  secrets.putSecretValue(secrets.createSecret({ name: "topic" }).arn, { secretString: topicArn });
  topics.create("names", { TracingConfig: topic });
  topics.subscribe({ topicArn, protocol: "lambda", endpoint: internalArn });
  const methods = [{ path: "/names", method: "POST" }];
  deploy({ apis }, methods, { name: "api", xrayTracingEnabled: stage });

  async function post(sent: Record<string, string> = {}) {
    const id = newTraceId(Date.now());
    const headers = { "x-amzn-trace-id": `Root=${id}`, ...sent };
    const url = "http://127.0.0.1:3000/names?q=1";
    const request = new Request(url, { method: "POST", headers, body: "{}" });
    const response = await gateway.fetch(request, connectionOf(request));
    const header = response.headers.get("x-amzn-trace-id") ?? "";
    return { status: response.status, id, header, body: await response.text() };
  }

  async function read(id: string): Promise<Segment[]> {
    const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds: [id] }));
    return (Traces[0]?.Segments ?? []).map(({ Document = "" }) => parseSegment(Document));
  }

  return {
    ...cloud,
    client,
    traces: () => cloud.xray.traces.list().map(({ id }) => id),
    post,
    async trace(id, origin, count = 1) {
      const ofOrigin = async () => (await read(id)).filter((found) => found.origin === origin);
      await expect.poll(async () => (await ofOrigin()).length).toBe(count);
      return read(id);
    },
    async stop() {
      client.destroy();
      await cloud.stop();
    },
  };
}

/** The only node of a trace with this name, and maybe this origin. */
export function only(segments: readonly Subsegment[], name: string, origin?: string): Subsegment {
  const found = segments
    .flatMap(withDescendants)
    .filter((node) => node.name === name && (origin === undefined || node["origin"] === origin));
  expect(found, `${name} ${origin ?? ""}`).toHaveLength(1);
  const [node] = found;
  if (node === undefined) throw new Error(name);
  return node;
}

/** The outline of a trace: the names of nodes, children below their parents, by `parent_id` or nested. */
export function outline(segments: readonly Segment[]): string[] {
  const children = (id: string) => segments.filter(({ parent_id }) => parent_id === id);
  const draw = (node: Subsegment, depth: number): string[] => [
    `${"  ".repeat(depth)}${node.name}${typeof node["origin"] === "string" ? ` ${node["origin"]}` : ""}`,
    ...[...(node.subsegments ?? []), ...children(node.id)].flatMap((child) =>
      draw(child, depth + 1),
    ),
  ];
  const ids = new Set(segments.flatMap(withDescendants).map(({ id }) => id));
  return segments
    .filter(({ parent_id }) => parent_id === undefined || !ids.has(parent_id))
    .flatMap((root) => draw(root, 0));
}
