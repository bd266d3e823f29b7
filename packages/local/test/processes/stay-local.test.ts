/** A process under the local cloud finds it in AWS's place, and AWS nowhere. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { isAwsHost } from "../../src/aws-protocol/aws-hosts.ts";
import { listenAsAws } from "../../src/aws-listener.ts";
import { listen, type Listener } from "../../src/http/listen.ts";

const file = new URL("../../src/processes/stay-local.ts", import.meta.url).href;
const keys = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Abc/.well-known/jwks.json";
const api = "abc.execute-api.us-east-1.amazonaws.com/prod/lambda1";

/** What processes do, and what they get: a text, or a pattern that the error's message has. */
const redirected = {
  "by fetch": [`body(await fetch("https://${keys}"))`, `aws GET https://${keys}`],
  "by https.get": [`get(https.get, "https://${keys}")`, `aws GET https://${keys}`],
  "by an imported request": [`get(request, "https://${keys}")`, `aws GET https://${keys}`],
  "by an agent": [`get(https.get, "https://${keys}", { agent })`, `aws GET https://${keys}`],
  "by tls.connect with options": [
    `reach(tls.connect({ host: "sts.amazonaws.com", port: 443 }))`,
    "sts.amazonaws.com",
  ],
  "by tls.connect with a port and a host": [
    `reach(tls.connect(443, "sts.amazonaws.com"))`,
    "sts.amazonaws.com",
  ],
  "by an imported connect with options at the end": [
    `reach(connect(443, "sts.amazonaws.com", { ALPNProtocols: ["http/1.1"] }))`,
    "sts.amazonaws.com",
  ],
  "and at the API, by an API's host name": [
    `body(await fetch("https://${api}"))`,
    `api GET https://${api}`,
  ],
} as const;
const refused = {
  "plain HTTP": [`fetch("http://s3.amazonaws.com/")`, "s3.amazonaws.com"],
  "a dual-stack name": [`get(http.get, "http://s3.us-east-1.api.aws/")`, "s3.us-east-1.api.aws"],
  "a name in capitals": [`get(http.get, { host: "STS.AMAZONAWS.COM" })`, "STS.AMAZONAWS.COM"],
  "a socket": [`reach(net.connect(80, "sts.amazonaws.com"))`, "sts.amazonaws.com"],
  "an instance's metadata": [`fetch("http://169.254.169.254/latest/")`, "169.254.169.254"],
  "a container's credentials": [`fetch("http://169.254.170.2/v2/")`, "169.254.170.2"],
} as const;

let folder: string;
let aws: Awaited<ReturnType<typeof listenAsAws>>;
let elsewhere: Listener;
let results: ReadonlyMap<string, unknown>;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "stay-local-"));
  aws = await listenAsAws({ api: answerAs("api"), aws: answerAs("aws"), folder });
  elsewhere = await listen(() => new Response("elsewhere"), 0);
  results = await evaluate([
    ...Object.values({ ...redirected, ...refused }).map(([expression]) => expression),
    ...leftAlone(),
  ]);
});
afterAll(async () => {
  await aws.close();
  await elsewhere.close();
  fs.rmSync(folder, { recursive: true });
});
const answerAs = (part: string) => async (request: Request) =>
  new Response(`${part} ${request.method} ${request.url}`);
const leftAlone = () => [`body(await fetch("${elsewhere.url}"))`, "Object.keys(process.env)"];

/** Evaluates expressions in one process: each to its value, or to its error's message. */
async function evaluate(expressions: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const source = `
    import { stayLocal } from ${JSON.stringify(file)};
    import http from "node:http";
    import https, { request } from "node:https";
    import net from "node:net";
    import tls, { connect } from "node:tls";
    stayLocal();
    const agent = new https.Agent();
    const body = (response) => response.text();
    const get = (client, ...args) => new Promise((resolve, reject) => {
      client(...args, async (response) => resolve((await response.toArray()).join(""))).on("error", reject).end();
    });
    const reach = (socket) => new Promise((resolve, reject) => {
      socket.on("error", reject).on("secureConnect", () => { socket.end(); resolve(socket.servername); });
    });
    const settle = (run) => run().catch((error) => (error.cause ?? error).message);
    const results = [${expressions.map((each) => `settle(async () => ${each})`).join(",")}];
    console.log(JSON.stringify(await Promise.all(results)));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    env: aws.variables,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const printed = text(child.stdout);
  await once(child, "close");
  const values = z.array(z.unknown()).parse(JSON.parse(await printed));
  return new Map(expressions.map((expression, at) => [expression, values[at]]));
}

describe("a connection to AWS over TLS ends at the local cloud", () => {
  it.each(Object.entries(redirected))("%s", (_, [expression, expected]) => {
    expect(results.get(expression)).toBe(expected);
  });
});

describe("any other connection to AWS is refused by name", () => {
  it.each(Object.entries(refused))("%s", (_, [expression, host]) => {
    const sentence = `A process under the local cloud may not connect to ${host}.`;
    expect(results.get(expression)).toBe(sentence);
  });
});

it("lets other hosts be, and leaves nothing in the environment", () => {
  expect(leftAlone().map((expression) => results.get(expression))).toEqual(["elsewhere", []]);
});

it.each([
  ["sts.amazonaws.com", true],
  ["bucket.s3.dualstack.us-east-1.amazonaws.com.", true],
  ["sts.cn-north-1.amazonaws.com.cn", true],
  ["s3.eusc-de-east-1.amazonaws.eu", true],
  ["app.auth.us-east-1.amazoncognito.com", true],
  ["sqs.us-east-1.api.aws", true],
  ["abc.lambda-url.us-east-1.on.aws", true],
  ["sts.us-iso-east-1.c2s.ic.gov", true],
  ["amazonaws.com.example", false],
  ["notamazonaws.com", false],
  ["repost.aws", false],
  ["127.0.0.1", false],
])("knows whether %s is AWS's: %s", (name, expected) => {
  expect(isAwsHost(name)).toBe(expected);
});
