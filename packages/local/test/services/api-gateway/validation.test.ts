/**
 * Step 6: request validation.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
import { describe, expect, it } from "vitest";
import { numbersSchema, serveOrders, type Sketch } from "./rules.ts";
import { connectionOf, outcome } from "./gateway-harness.ts";

const json = { "content-type": "application/json" };
const models = { Numbers: numbersSchema };
const requestModels = { "application/json": "Numbers" };
const body: Sketch = {
  models,
  rules: { requestModels },
  validator: { validateRequestBody: true },
};
const invalidBody = {
  status: 400,
  errorType: "BadRequestException",
  body: '{"message":"Invalid request body"}',
};

describe("a body with a model", () => {
  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_api_gateway_request_validator)
  it("passes when it is valid, and gets 400 when it is not", async () => {
    const { post, events } = serveOrders(body);
    expect((await post('{"a":1,"b":2}', json)).status).toBe(200);
    expect(await outcome(await post('{"test":"test"}', json))).toEqual(invalidBody);
    expect(events).toHaveLength(1);
  });

  it.each(["", "{", "null", "[]", "1", '"a"', "a=1&b=2", "\ufeff{}"])(
    "is rejected as %j: empty, no JSON, or of another type",
    async (text) => {
      const { post, events } = serveOrders(body);
      expect(await outcome(await post(text, json))).toEqual(invalidBody);
      expect(events).toEqual([]);
    },
  );

  it("is rejected when it is not UTF-8", async () => {
    const { send, events } = serveOrders(body);
    const bytes = Buffer.concat([Buffer.from('{"a":1,"b":2,"c":"'), Buffer.of(0xff, 0x22, 0x7d)]);
    const response = await send("/orders/7", { method: "POST", body: bytes, headers: json });
    expect(await outcome(response)).toEqual(invalidBody);
    expect(events).toEqual([]);
  });

  it("is checked by the last value of a name that is there twice", async () => {
    const { post } = serveOrders(body);
    expect((await post('{"a":"x","a":1,"b":2}', json)).status).toBe(200);
    expect((await post('{"a":1,"a":"x","b":2}', json)).status).toBe(400);
  });

  // Recorded by the same test: a GET with neither body nor content type.
  it("is taken for JSON when the client names no content type", async () => {
    const { gateway } = serveOrders(body);
    const request = new Request("http://127.0.0.1:3000/orders/7", { method: "POST" });
    const response = await gateway.fetch(request, connectionOf(request));
    expect(response.status).toBe(400);
  });

  it.each(["application/json", "APPLICATION/JSON; charset=utf-8", " application/json;x=1"])(
    "is checked as %s",
    async (type) => {
      const { post } = serveOrders(body);
      expect((await post("{}", { "content-type": type })).status).toBe(400);
    },
  );

  // Documented: "If no matching content type is found, request validation is not performed."
  it("is not checked when the content type has no model", async () => {
    const { post } = serveOrders(body);
    expect((await post("{}", { "content-type": "text/plain" })).status).toBe(200);
  });

  // Documented in the same place.
  it("is checked by $default whatever its content type, but for types with their own model", async () => {
    const { post } = serveOrders({
      ...body,
      models: { ...models, Anything: {} },
      rules: { requestModels: { $default: "Numbers", "text/json": "Anything" } },
    });
    expect((await post("{}", { "content-type": "text/plain" })).status).toBe(400);
    expect((await post("{}", { "content-type": "text/json" })).status).toBe(200);
  });

  it.each([
    ["no validator", { models, rules: { requestModels } }],
    ["a validator of parameters", { ...body, validator: { validateRequestParameters: true } }],
    ["a validator of nothing", { ...body, validator: {} }],
  ] satisfies [string, Sketch][])("is not checked by %s", async (_, sketch) => {
    expect((await serveOrders(sketch).post("{}", json)).status).toBe(200);
  });
});

describe("required parameters", () => {
  const requestParameters = {
    "method.request.path.id": true,
    "method.request.querystring.qs1": true,
    "method.request.header.x-header-param": true,
    "method.request.header.x-optional": false,
  };
  const parameters: Sketch = {
    rules: { requestParameters },
    validator: { validateRequestParameters: true },
  };

  it("pass when all are there", async () => {
    const { post } = serveOrders(parameters);
    expect((await post("", { "X-Header-Param": "a" }, "/orders/7?qs1=b")).status).toBe(200);
  });

  // With an `issuer` that the path does not have.
  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_common.snapshot.json (test_api_gateway_request_validator)
  it("are named together when they are missing", async () => {
    const { post, events } = serveOrders({
      ...parameters,
      rules: { requestParameters: { ...requestParameters, "method.request.path.issuer": true } },
    });
    expect(await outcome(await post(""))).toEqual({
      status: 400,
      errorType: "BadRequestException",
      body: '{"message":"Missing required request parameters: [x-header-param, issuer, qs1]"}',
    });
    expect(events).toEqual([]);
  });

  // Documented: "included and not blank".
  it("may not be blank", async () => {
    const { post } = serveOrders(parameters);
    const { body: answer } = await outcome(
      await post("", { "x-header-param": " " }, "/orders/7?qs1=+"),
    );
    expect(answer).toContain("[x-header-param, qs1]");
  });

  it("are not asked for without a validator of parameters", async () => {
    const { post } = serveOrders({ ...parameters, validator: { validateRequestBody: true } });
    expect((await post("")).status).toBe(200);
  });

  // Recorded by the same test.
  it("are told of before a body that is wrong as well", async () => {
    const { post } = serveOrders({
      models,
      rules: { requestModels, requestParameters },
      validator: { validateRequestBody: true, validateRequestParameters: true },
    });
    expect((await outcome(await post("{}", json))).body).toContain("Missing required");
  });
});

describe("a change of what is checked", () => {
  it("of a model has no effect before the API is deployed again", async () => {
    const { apis, post, redeploy, restApiId, modelIds } = serveOrders(body);
    apis.putModel({ restApiId, id: modelIds["Numbers"], name: "Numbers", schema: "{}" });
    expect((await post("{}", json)).status).toBe(400);
    redeploy();
    expect((await post("{}", json)).status).toBe(200);
  });

  it("of a validator has no effect before the API is deployed again", async () => {
    const { apis, post, redeploy, restApiId, requestValidatorId } = serveOrders(body);
    apis.putRequestValidator({ restApiId, id: requestValidatorId, validateRequestBody: false });
    expect((await post("{}", json)).status).toBe(400);
    redeploy();
    expect((await post("{}", json)).status).toBe(200);
  });

  it("cannot remove a model or a validator from under a method", () => {
    const { apis, restApiId, modelIds, requestValidatorId = "", putRules } = serveOrders(body);
    const modelId = modelIds["Numbers"] ?? "";
    const remove = [
      () => {
        apis.deleteModel(restApiId, modelId);
      },
      () => {
        apis.deleteRequestValidator(restApiId, requestValidatorId);
      },
    ];
    for (const attempt of remove) expect(attempt).toThrow(/use/);
    putRules({ requestValidatorId: undefined });
    for (const attempt of remove) expect(attempt).not.toThrow();
  });

  it("that renames a model is not deployed while a method has the old name", () => {
    const { apis, redeploy, restApiId, modelIds } = serveOrders(body);
    apis.putModel({ restApiId, id: modelIds["Numbers"], name: "Renamed", schema: "{}" });
    expect(redeploy).toThrow('There is no model "Numbers".');
  });
});

function withLog() {
  const served = serveOrders({
    ...body,
    accessLogFormat:
      "$context.status $context.error.responseType $context.error.message $context.error.validationErrorString",
  });
  return { ...served, lines: () => served.logs.map(({ line }) => line) };
}

describe("the errors of validation", () => {
  it("can be customized, and tell where in the schema a body failed", async () => {
    const { apis, post, redeploy, restApiId, lines } = withLog();
    apis.putGatewayResponse({
      restApiId,
      responseType: "BAD_REQUEST_BODY",
      statusCode: "422",
      responseParameters: { "gatewayresponse.header.x-reason": "'model'" },
      responseTemplates: {
        "application/problem+json":
          '{"title":$context.error.messageString,"detail":"$context.error.validationErrorString"}',
      },
    });
    redeploy();
    const response = await post('{"a":"not logged"}', json);
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("x-reason")).toBe("model");
    expect(response.headers.get("x-amzn-ErrorType")).toBe("BadRequestException");
    expect(await response.json()).toEqual({
      title: "Invalid request body",
      detail: "[#/required]",
    });
    expect(lines()).toEqual(["422 BAD_REQUEST_BODY Invalid request body [#/required]"]);
  });

  it("leave no trace of an earlier step in the log of a request that passes", async () => {
    const { post, lines } = withLog();
    await post('{"a":1,"b":2}', json);
    expect(lines()).toEqual(["200 - - -"]);
  });
});
