/** A local cloud with an API, a function that publishes what it gets, and a topic's consumer. */
import { afterEach, beforeEach } from "vitest";
import { connectionOf, deploy, functionArn } from "../services/api-gateway/gateway-harness.ts";
import { settingsOf, zipOf } from "../services/lambda/lambda-harness.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";

export const topicArn = "arn:aws:sns:us-east-1:000000000000:names";
export const queueArn = "arn:aws:sqs:us-east-1:000000000000:dead";
const roleArn = "arn:aws:iam::000000000000:role/External";

/** Publishes what it gets to the topic, as an AWS client of an environment would. */
const publisher = `export const handler = async (event) => {
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID: id, AWS_SESSION_TOKEN: token } = process.env;
  const response = await fetch(AWS_ENDPOINT_URL, {
    method: "POST",
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=" + id + "/20260101/us-east-1/sns/aws4_request",
      "content-type": "application/x-www-form-urlencoded",
      "x-amz-security-token": token,
    },
    body: new URLSearchParams({ Action: "Publish", Version: "2010-03-31", TopicArn: "${topicArn}", Message: event.body }),
  });
  return { statusCode: response.ok ? 200 : 502, body: "greeted" };
};`;

let cloud: StartedCloud;

/** Has a cloud for each test; gives the one of the running test. */
export function useGreetingCloud(): () => StartedCloud {
  beforeEach(startGreetingCloud);
  afterEach(() => cloud.stop());
  return () => cloud;
}

async function startGreetingCloud(): Promise<void> {
  cloud = await startTestCloud();
  deploy(cloud, [{ path: "/greet", method: "POST" }]);
  cloud.topics.create("names");
  await put("External", publisher, functionArn);
  cloud.lambda.addPermission({
    functionName: "External",
    statementId: "api",
    principal: "apigateway.amazonaws.com",
    action: "lambda:InvokeFunction",
  });
}

async function put(name: string, source: string, arn?: string): Promise<string> {
  const zipFile = await zipOf(cloud.folder, { "bundle.mjs": source });
  const settings = settingsOf(zipFile, { name, roleArn, ...(arn !== undefined && { arn }) });
  await cloud.lambda.putFunction(settings);
  return settings.arn;
}

/** What the publishing function's role has: one policy with these statements. */
export function allow(...statements: object[]): void {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  cloud.roles.put({ name: "External", arn: roleArn, inlinePolicies: [] });
  cloud.roles.attach("External", "publishing", policy);
}

export const publishing = { Effect: "Allow", Action: "sns:Publish", Resource: topicArn };

/** Subscribes a function with this module, which is tried twice; what it fails on goes to the queue. */
export async function subscribe(source: string): Promise<void> {
  const endpoint = await put("Internal", source);
  cloud.queues.create("dead");
  cloud.lambda.addPermission({
    functionName: "Internal",
    statementId: "topic",
    principal: "sns.amazonaws.com",
    action: "lambda:InvokeFunction",
    sourceArn: topicArn,
  });
  cloud.lambda.putEventInvokeConfig("Internal", { maximumRetryAttempts: 1, onFailure: queueArn });
  cloud.topics.subscribe({ topicArn, protocol: "lambda", endpoint });
}

/** Sends a request through the gateway. */
export async function send(path = "/greet"): Promise<Response> {
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    method: "POST",
    body: "Ada",
    headers: { host: "127.0.0.1:3000" },
  });
  return cloud.gateway.fetch(request, { ...connectionOf(request), target: path });
}
