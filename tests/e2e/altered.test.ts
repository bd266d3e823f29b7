/** This app with parts of its protection taken away: the local cloud then behaves as AWS would. */
import { greetRequest } from "@secure-lambda/functions/contract";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { openAws, type AwsClients } from "../support/aws-clients.ts";
import { deployApp, type DeployedApp } from "../support/deployed-app.ts";
import { graphOf, textOutput } from "../support/graph.ts";
import { untilLogged } from "../support/log-lines.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";

const names = namesOf("local");
/** The origin whose pages may read every answer, errors too. */
const page = settingsFor("local").corsOrigin;

/** The topic's permission is for another topic: no message can be delivered. */
const permissionForAnotherTopic = `
$transform(aws.lambda.Permission, (permission) => {
  if (permission.principal !== "sns.amazonaws.com") return;
  permission.sourceArn = "arn:aws:sns:us-east-1:000000000000:another";
});
`;

let copy: AppCopy;
let app: DeployedApp;
let aws: AwsClients;
/** The topic takes messages only from this function. */
let asExternalLambda: AwsClients;

/** One route without its authorizer, the other without its permission, and a firewall that blocks. */
function takeAway(): void {
  const auth = "auth: { cognito: { authorizer: authorizer.id } }";
  copy.replace("stacks/api/rest-api.ts", auth, `...(path === "/lambda1" ? {} : { ${auth} })`);
  const permit = "new aws.lambda.Permission(";
  copy.replace("stacks/api/rest-api.ts", permit, `if (path !== "/lambda2") ${permit}`);
  const local = "{ ...complete.firewall, countedNetworks";
  const blocking = '{ ...complete.firewall, mode: "block", countedNetworks';
  copy.replace("stacks/settings/stages.ts", local, blocking);
}

const graph = () => graphOf(app.cloud.graph("local"));
const deadLetters = () => textOutput(graph().one("aws:sqs/queue:Queue", "DeadLetters"), "url");
const topic = () => textOutput(graph().one("aws:sns/topic:Topic", "GreetingTopicTopic"), "arn");
const undelivered = `sns/us-east-1/000000000000/${names.resource("GreetingTopic")}/Failure`;

/** More than any valid body takes; the firewall's rule SizeLimits is about it. */
const largeBody = JSON.stringify({ ...greetRequest.example, name: "a".repeat(9_000) });

const small = JSON.stringify(greetRequest.example);
const attack = "${jndi:ldap://x}";
const manyHeaders = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`x-${at}`, "a"]));
const manyCookies = Array.from({ length: 201 }, (_, at) => `c${at}=`).join("; ");

/** What the rules see, and what they would not. */
const blocked: [string, Record<string, string>, string | Buffer<ArrayBuffer>][] = [
  ["a large body", {}, largeBody],
  ["an attack in a header", { "x-attack": attack }, small],
  ["an attack behind 200 headers", { ...manyHeaders, "x-attack": attack }, small],
  ["an attack behind 8 KB of headers", { "x-a": "a".repeat(8_192), "x-attack": attack }, small],
  ["an attack behind 200 cookies", { cookie: `${manyCookies}; a=${attack}` }, small],
  ["an attack in a compressed body", { "content-encoding": "gzip" }, gzipSync(attack)],
];

beforeAll(async () => {
  copy = copyApp({ platform: true });
  takeAway();
  copy.append("stacks/functions/internal-lambda.ts", permissionForAnotherTopic);
  app = await deployApp({ project: copy.folder });
  aws = openAws(app.urls.aws);
  asExternalLambda = openAws(app.urls.aws, names.resource("ExternalLambda"));
});
afterAll(async () => {
  aws?.close();
  asExternalLambda?.close();
  await app?.stop();
  copy?.remove();
});

describe("deployed with parts taken away", () => {
  it("answers 500 where the gateway may not invoke the function, and invokes nothing", async () => {
    const authorization = await app.token(2);
    const response = await app.post("/lambda2", { authorization, body: { name: "Ada" } });
    expect(response.status).toBe(500);
    expect(response.headers.get("access-control-allow-origin")).toBe(page);
    expect(app.logs.read(names.functionLog("ExternalLambda"))).toEqual([]);
  });

  it("reaches the function without an authorizer, which refuses by itself", async () => {
    const response = await app.post("/lambda1", { body: { name: "Nobody" } });
    expect(response.status).toBe(401);
    expect(response.headers.get("access-control-allow-origin")).toBe(page);
    // The gateway's own answer would name its type of error.
    expect(response.headers.get("x-amzn-errortype")).toBeNull();
    await expect(response.json()).resolves.toMatchObject({ status: 401 });
    await untilLogged(app.logs, names.functionLog("ExternalLambda"), /POST \/lambda1 401/, 1);
  });

  it.each(blocked)("answers 403 to what the firewall blocks: %s", async (_, headers, body) => {
    const response = await fetch(`${app.urls.api}/lambda1`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBe(page);
    await expect(response.json()).resolves.toMatchObject({
      detail: "The firewall refused this request.",
    });
  });

  it("puts a message that cannot be delivered into the dead-letter queue", async () => {
    await asExternalLambda.publish(topic(), "Ada");
    const [letter = "{}"] = await aws.take(deadLetters(), 20);
    expect(JSON.parse(letter)).toMatchObject({ Type: "Notification", Message: "Ada" });
  });
});

describe("deployed again, with those parts back and the redrive policy taken away", () => {
  beforeAll(async () => {
    copy.restore("stacks/api/rest-api.ts");
    copy.restore("stacks/settings/stages.ts");
    copy.replace(
      "stacks/functions/internal-lambda.ts",
      "redrivePolicy: $jsonStringify({ deadLetterTargetArn: deadLetters.arn }),",
      "",
    );
    await app.cloud.deploy({ stage: "local" });
  });

  it("lets the function be invoked", async () => {
    const authorization = await app.token(2);
    const response = await app.post("/lambda2", { authorization, body: { name: "Ada" } });
    expect(response.status).toBe(200);
  });

  it("has the authorizer refuse", async () => {
    const response = await app.post("/lambda1", { body: { name: "Nobody" } });
    expect(response.status).toBe(401);
    expect(response.headers.get("x-amzn-errortype")).toBe("UnauthorizedException");
  });

  it("lets the firewall pass what it counts", async () => {
    const response = await app.post("/lambda1", { body: JSON.parse(largeBody) });
    expect(response.status).toBe(401);
  });

  it("loses a message that cannot be delivered, and says so", async () => {
    const dropped = /A message is dropped: .*there is no redrive policy/;
    // The greeting that the route has just published, and this one.
    await asExternalLambda.publish(topic(), "Grace");
    await untilLogged(app.logs, undelivered, dropped, 2);
    expect(await aws.take(deadLetters(), 0)).toEqual([]);
  });
});
