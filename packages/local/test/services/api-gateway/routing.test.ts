/** Which stage and which route a request is resolved to. */
import { describe, expect, it } from "vitest";
import { createHarness, deploy, outcome } from "./gateway-harness.ts";

describe("routes", () => {
  const harness = createHarness();
  deploy(harness, [
    { path: "/" },
    { path: "/lambda1", method: "POST" },
    { path: "/orders/{id}" },
    { path: "/orders/latest" },
    { path: "/orders/{id}/items/{item}" },
    { path: "/files/{proxy+}" },
    { path: "/files/special", method: "ANY" },
    { path: "/files/special/{proxy+}", method: "OPTIONS" },
    { path: "/any", method: "ANY" },
    { path: "/any", method: "GET" },
  ]);

  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json (test_lambda_aws_proxy_integration)
  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.py (test_proxy_routing_with_hardcoded_resource_sibling)
  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.py (test_routing_with_hardcoded_resource_sibling_order)
  it.each([
    ["GET", "/", "/", null],
    ["POST", "/lambda1", "/lambda1", null],
    ["POST", "/lambda1/", "/lambda1", null],
    ["POST", "//lambda1", "/lambda1", null],
    ["GET", "/orders/latest", "/orders/latest", null],
    ["GET", "/orders/7", "/orders/{id}", { id: "7" }],
    ["GET", "/orders/a%2Bb%20c+d", "/orders/{id}", { id: "a%2Bb%20c+d" }],
    ["GET", "/orders/7/items/8", "/orders/{id}/items/{item}", { id: "7", item: "8" }],
    ["GET", "/files/a", "/files/{proxy+}", { proxy: "a" }],
    ["GET", "/files/a/b/", "/files/{proxy+}", { proxy: "a/b" }],
    ["GET", "/files/a//b", "/files/{proxy+}", { proxy: "a//b" }],
    ["DELETE", "/files/special", "/files/special", null],
    ["GET", "/files/special/x", "/files/{proxy+}", { proxy: "special/x" }],
    ["OPTIONS", "/files/special/x", "/files/special/{proxy+}", { proxy: "x" }],
  ])("%s %s takes %s", async (method, path, resource, pathParameters) => {
    expect((await harness.send(path, { method })).status).toBe(200);
    expect(harness.events.at(-1)).toMatchObject({ resource, pathParameters });
  });

  it("prefer a resource's own method to its ANY", async () => {
    await harness.send("/any");
    expect(harness.sources.at(-1)).toMatch(/\/local\/GET\/any$/);
    await harness.send("/any", { method: "PATCH" });
    expect(harness.sources.at(-1)).toMatch(/\/local\/ANY\/any$/);
  });

  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_routing_not_found)
  it.each([
    ["GET", "/nowhere"],
    ["GET", "/lambda1"],
    ["OPTIONS", "/lambda1"],
    ["POST", "/lambda1/more"],
    ["POST", "/LAMBDA1"],
    ["POST", "/l%61mbda1"],
    ["GET", "/orders"],
    ["GET", "/orders//items/8"],
    ["GET", "/files"],
    ["GET", "/files/"],
    ["PROPFIND", "/any"],
  ])("do not take %s %s: 403 Missing Authentication Token", async (method, path) => {
    const response = await harness.send(path, { method });
    expect(await outcome(response)).toEqual({
      status: 403,
      errorType: "MissingAuthenticationTokenException",
      body: '{"message":"Missing Authentication Token"}',
    });
  });

  // Source: http://www.kouhan.cn/en/article/00039538 (a field report)
  it("call a bearer token on an unknown path a bad signature, without repeating it", async () => {
    const headers = { authorization: "Bearer secret-token" };
    const response = await harness.send("/nowhere", { headers });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-amzn-ErrorType")).toBe("IncompleteSignatureException");
    const body = await response.text();
    expect(body).toContain("not a valid key=value pair");
    expect(body).not.toContain("secret-token");
  });
});

describe("the stage", () => {
  it("is the only one there is, at the root of 127.0.0.1", async () => {
    const harness = createHarness();
    deploy(harness, [{ path: "/a" }]);
    expect((await harness.send("/a")).status).toBe(200);
    expect((await harness.send("/local/a")).status).toBe(403);
    expect(harness.events).toHaveLength(1);
    expect(harness.events[0]).toMatchObject({ path: "/a", requestContext: { path: "/local/a" } });
  });

  it("is missing before anything is deployed: 403 Missing Authentication Token", async () => {
    const response = await createHarness().send("/a");
    expect(response.status).toBe(403);
    expect(await response.text()).toBe('{"message":"Missing Authentication Token"}');
  });

  it("is named by AWS's host and the first segment of the path", async () => {
    const harness = createHarness();
    const { id } = deploy(harness, [{ path: "/a" }]);
    deploy(harness, [{ path: "/b" }]);
    const host = `${id}.execute-api.us-east-1.amazonaws.com`;
    expect((await harness.send("/local/a", { headers: { host } })).status).toBe(200);
    expect(harness.events[0]).toMatchObject({ path: "/a", requestContext: { apiId: id } });
    expect((await harness.send("//local//a", { headers: { host } })).status).toBe(200);
    expect(harness.events[1]).toMatchObject({ path: "/a", requestContext: { path: "/local//a" } });
    expect((await harness.send("/local/b", { headers: { host } })).status).toBe(403);
  });

  it("is named by /_aws/execute-api where a client cannot set the host", async () => {
    const harness = createHarness();
    const { id } = deploy(harness, [{ path: "/a" }]);
    expect((await harness.send(`/_aws/execute-api/${id}/local/a?x=1`)).status).toBe(200);
    expect(harness.events[0]).toMatchObject({
      path: "/a",
      queryStringParameters: { x: "1" },
      requestContext: { path: "/local/a" },
    });
  });

  it.each(["/other/a", "", "/"])("is not there at %j: 403 Forbidden", async (path) => {
    const harness = createHarness();
    const { id } = deploy(harness, [{ path: "/a" }]);
    const response = await harness.send(`/_aws/execute-api/${id}${path}`);
    expect(await outcome(response)).toEqual({
      status: 403,
      errorType: "ForbiddenException",
      body: '{"message":"Forbidden"}',
    });
  });

  it("must be named when there are several: 403 with a hint of their addresses", async () => {
    const harness = createHarness();
    const one = deploy(harness, [{ path: "/a" }]);
    const other = deploy(harness, [{ path: "/a" }]);
    const response = await harness.send("/a");
    expect(response.status).toBe(403);
    const hint = response.headers.get("x-local-cloud-hint");
    expect(hint).toContain(`/_aws/execute-api/${one.id}/local`);
    expect(hint).toContain(`/_aws/execute-api/${other.id}/local`);
    expect(harness.events).toEqual([]);
  });

  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
  it.each([
    ["STRICT", true, 403],
    ["BASIC", false, 200],
  ])(
    "by the access mode %s is, or is not, reached by another name than that of the TLS connection",
    async (_mode, isStrict, status) => {
      const harness = createHarness();
      const { id } = deploy(harness, [{ path: "/a" }], { isStrict });
      const host = `${id}.execute-api.us-east-1.amazonaws.com`;
      const send = async (serverName: string) => {
        const tls = { version: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", serverName };
        return (await harness.send("/local/a", { headers: { host: `${host}:443` }, tls })).status;
      };
      await expect(send(host)).resolves.toBe(200);
      await expect(send("other.execute-api.us-east-1.amazonaws.com")).resolves.toBe(status);
      await expect(send("")).resolves.toBe(status);
    },
  );

  // Only AWS's own address is closed.
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
  it("is not served at AWS's address when the API disables its default endpoint", async () => {
    const harness = createHarness();
    const { id } = deploy(harness, [{ path: "/a" }], { disableExecuteApiEndpoint: true });
    expect((await harness.send(`/_aws/execute-api/${id}/local/a`)).status).toBe(403);
    expect((await harness.send("/a")).status).toBe(200);
  });
});
