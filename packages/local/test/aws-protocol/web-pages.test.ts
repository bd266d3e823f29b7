/** Which calls of web pages the AWS endpoint takes: unsigned ones, of origins that deployed APIs allow. */
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPool, createUser, password } from "../services/cognito/pools-and-users.ts";
import { deployApiWithCors } from "../services/api-gateway/api-with-cors.ts";
import { environment, startTestCloud, type StartedCloud } from "../support/test-cloud.ts";

const origin = "http://localhost:8080";
const email = "ada@example.com";

let cloud: StartedCloud;
let clientId: string;
beforeAll(async () => {
  cloud = await startTestCloud();
  deployApiWithCors(cloud, { origin });
  const pool = await createPool(cloud);
  ({ clientId } = pool);
  await createUser(cloud, pool.poolId, email);
});
afterAll(() => cloud?.stop());

/**
 * A sign-in as amazon-cognito-identity-js sends it.
 * Source: https://github.com/aws-amplify/amplify-js/blob/0293d13/packages/amazon-cognito-identity-js/src/Client.js
 */
const signIn = (headers: Record<string, string>, secret = password) =>
  fetch(`${cloud.url}/`, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
      "x-amz-user-agent": "aws-amplify/5.0.4 js",
      "cache-control": "no-store",
      ...headers,
    },
    body: JSON.stringify({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: email, PASSWORD: secret },
    }),
  });

const preflight = (from: string) =>
  fetch(`${cloud.url}/`, {
    method: "OPTIONS",
    headers: {
      origin: from,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,x-amz-target",
    },
  });

const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=operator/20260101/${environment.region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const refusal = { __type: "AccessDenied", message: expect.stringContaining("CORS") };

describe("a page of the origin that a deployed API allows", () => {
  it("gets the preflight's answer as from AWS, but for its own origin only", async () => {
    // Source: https://github.com/scylladb/scylladb/blob/a55b434/alternator/server.cc
    const response = await preflight(origin);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type,x-amz-target",
      "access-control-max-age": "172800",
      vary: "Origin",
    });
    expect(response.headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("signs a user in, and can read the answer", async () => {
    const response = await signIn({ origin });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    expect(await response.json()).toMatchObject({
      AuthenticationResult: { IdToken: expect.any(String) },
    });
  });

  it("can read what is wrong: the body, and the header that its library asks for", async () => {
    const response = await signIn({ origin }, "Wrong-password-1");
    expect(response.status).toBe(400);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    expect(response.headers.get("access-control-expose-headers")).toContain("x-amzn-ErrorType");
    expect(response.headers.get("x-amzn-errortype")).toBe("NotAuthorizedException");
    expect(await response.json()).toMatchObject({ __type: "NotAuthorizedException" });
  });

  it.each([
    ["in a header", "", { authorization: scope("cognito-idp") }],
    ["in the URL", "?X-Amz-Credential=a/20260101/us-east-1/cognito-idp/aws4_request", {}],
  ])("makes no signed call: %s", async (_, query, headers) => {
    const response = await fetch(`${cloud.url}/${query}`, {
      method: "POST",
      headers: {
        ...headers,
        origin,
        "x-amz-target": "AWSCognitoIdentityProviderService.ListUserPools",
      },
      body: JSON.stringify({ MaxResults: 1 }),
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual(refusal);
  });

  it.each([
    "AWSCognitoIdentityProviderService.AdminDeleteUser",
    "secretsmanager.GetSecretValue",
    "AmazonSSM.GetParameter",
  ])("makes no call that needs a signature without one: %s", async (target) => {
    const response = await fetch(`${cloud.url}/`, {
      method: "POST",
      headers: { origin, "x-amz-target": target },
      body: "{}",
    });
    expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  });
});

describe("a page of any other origin", () => {
  it.each([
    "https://evil.example",
    "null",
    "http://localhost",
    "http://localhost:8081",
    "https://localhost:8080",
    "http://127.0.0.1:8080",
    "http://localhost:8080.evil.example",
    "http://localhost:8080, https://evil.example",
    "http://LOCALHOST:8080",
    "*",
  ])("is refused, and told nothing: %s", async (other) => {
    for (const response of [await preflight(other), await signIn({ origin: other })]) {
      expect(response.status).toBe(403);
      expect(response.headers.has("access-control-allow-origin")).toBe(false);
      expect(await response.json()).toEqual(refusal);
    }
  });

  it("is refused by the name under which it came, whatever its origin: DNS rebinding", async () => {
    const { port } = new URL(cloud.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: "evil.example", origin };
      request({ host: "127.0.0.1", port, method: "OPTIONS", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe("which origins those are", () => {
  it.each(["*", "null", "http://localhost:9090/", "localhost:9090"])(
    "an API that allows %s names none",
    async (named) => {
      const { restApiId } = deployApiWithCors(cloud, { origin: named, stageName: "odd" });
      const origins = [named, "null", "http://localhost:9090", "https://evil.example"];
      const statuses = await Promise.all(
        origins.map(async (each) => (await preflight(each)).status),
      );
      cloud.apis.deleteRestApi(restApiId);
      expect(statuses).toEqual(origins.map(() => 403));
    },
  );

  it("follows what is deployed", async () => {
    const page = "https://app.example.com";
    expect((await preflight(page)).status).toBe(403);
    const { restApiId } = deployApiWithCors(cloud, { origin: page, stageName: "another" });
    expect((await preflight(page)).status).toBe(200);
    expect((await preflight(origin)).status).toBe(200);
    cloud.apis.deleteRestApi(restApiId);
    expect((await preflight(page)).status).toBe(403);
  });
});
