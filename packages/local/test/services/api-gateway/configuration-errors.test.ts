/** Configuration errors: what the local cloud does not support, and what AWS rejects. */
import { describe, expect, it } from "vitest";
import {
  ConfigurationError,
  UnsupportedConfigurationError,
} from "../../../src/services/api-gateway/store/configuration-errors.ts";
import { createRestApis } from "../../../src/services/api-gateway/store/rest-apis.ts";
import {
  createHarness,
  deploy,
  functionArn,
  invokeUri,
  environment,
  poolArn,
  putMethods,
  putOne,
} from "./gateway-harness.ts";

// Lambda authorizers and IAM among them, whose denials would be 403.
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
describe("what is not supported is rejected by name", () => {
  it.each([
    [
      "method.request.multivalueheader.X",
      { authorization: "NONE", requestParameters: { "method.request.multivalueheader.X": true } },
    ],
    ["AWS_IAM", { authorization: "AWS_IAM" }],
    ["CUSTOM", { authorization: "CUSTOM", authorizerId: "a" }],
  ])("a method with %s", (what, settings) => {
    const { apis, name } = putOne();
    const put = () => {
      apis.putMethod({ ...name, ...settings });
    };
    expect(put).toThrow(UnsupportedConfigurationError);
    expect(put).toThrow(what);
  });

  it.each([
    ["HTTP_PROXY", { type: "HTTP_PROXY", uri: "https://example.com" }],
    ["MOCK", { type: "MOCK", requestTemplates: { "application/json": "{ statusCode: 200 }" } }],
    [
      "s3",
      {
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:s3:path/b",
      },
    ],
  ])("an integration with %s", (what, settings) => {
    const { apis, name } = putOne();
    apis.putMethod({ ...name, authorization: "NONE" });
    const put = () => {
      apis.putIntegration({ ...name, ...settings });
    };
    expect(put).toThrow(UnsupportedConfigurationError);
    expect(put).toThrow(what);
  });

  it.each([
    ["TOKEN", { type: "TOKEN", identitySource: "method.request.header.Authorization" }],
    ["querystring", { type: "COGNITO_USER_POOLS", identitySource: "method.request.querystring.t" }],
  ])("an authorizer with %s", (what, settings) => {
    const { apis, restApiId } = putOne();
    const put = () =>
      apis.putAuthorizer({ restApiId, name: "a", providerArns: [poolArn("p")], ...settings });
    expect(put).toThrow(UnsupportedConfigurationError);
    expect(put).toThrow(what);
  });

  it("a private endpoint", () => {
    const apis = createRestApis(environment);
    expect(() => apis.putRestApi({ name: "a", endpointType: "PRIVATE" })).toThrow("PRIVATE");
  });
});

describe("what API Gateway rejects is rejected here", () => {
  const cognito = { name: "a", type: "COGNITO_USER_POOLS", providerArns: [poolArn("p")] };

  it("a method with an authorizer that is not there", () => {
    const { apis, name } = putOne();
    const authorization = "COGNITO_USER_POOLS";
    for (const authorizerId of [undefined, "gone"]) {
      const put = () => {
        apis.putMethod({ ...name, authorization, authorizerId });
      };
      expect(put).toThrow(ConfigurationError);
    }
  });

  it.each([
    ["validator", { requestValidatorId: "gone" }],
    ["model", { requestModels: { "application/json": "gone" } }],
  ])("a method with a %s that is not there", (what, settings) => {
    const { apis, name } = putOne();
    const put = () => {
      apis.putMethod({ ...name, authorization: "NONE", ...settings });
    };
    expect(put).toThrow(ConfigurationError);
    expect(put).toThrow(what);
  });

  it("removing an authorizer that a method uses", () => {
    const { apis, restApiId, name } = putOne();
    const { id } = apis.putAuthorizer({ restApiId, ...cognito });
    apis.putMethod({ ...name, authorization: "COGNITO_USER_POOLS", authorizerId: id });
    const remove = () => {
      apis.deleteAuthorizer(restApiId, id);
    };
    expect(remove).toThrow("used by a method");
    apis.deleteMethod(restApiId, name);
    expect(remove).not.toThrow();
  });

  it("an authorizer without a pool or with a broken expression", () => {
    const { apis, restApiId } = putOne();
    const put = (over: object) => () => apis.putAuthorizer({ restApiId, ...cognito, ...over });
    expect(put({ providerArns: [] })).toThrow("no user pool");
    expect(put({ identityValidationExpression: "(" })).toThrow("not a regular expression");
  });

  it.each([
    ["no HTTP method of its own", { integrationHttpMethod: undefined }],
    ["a timeout below 50 ms", { timeoutMilliseconds: 49 }],
    ["a timeout that is no whole number", { timeoutMilliseconds: 99.5 }],
  ])("an integration with %s", (_, over) => {
    const { apis, name } = putOne();
    apis.putMethod({ ...name, authorization: "NONE" });
    const put = () => {
      apis.putIntegration({
        ...name,
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: invokeUri(functionArn),
        ...over,
      });
    };
    expect(put).toThrow(ConfigurationError);
  });

  it("a method path, a stage name or an API that is none", () => {
    const { apis } = createHarness();
    const { id: restApiId, deploymentId } = deploy({ apis }, [{ path: "/a" }]);
    const settings = { restApiId, stageName: "local", methodPath: "a/get", settings: {} };
    expect(() => apis.putMethodSettings(settings)).toThrow("method path");
    expect(() => apis.putStage({ restApiId, stageName: "a b", deploymentId })).toThrow(
      "stage name",
    );
    expect(() => apis.deploy({ restApiId: "gone" })).toThrow("gone");
  });

  // Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json (test_lambda_aws_proxy_integration_non_post_method)
  it("only at run time: a function called by anything but POST", async () => {
    const harness = createHarness();
    const { id: restApiId, resourceIdOf } = putMethods(harness, [{ path: "/a" }]);
    harness.apis.putIntegration({
      restApiId,
      resourceId: resourceIdOf("/a"),
      httpMethod: "GET",
      type: "AWS_PROXY",
      integrationHttpMethod: "GET",
      uri: invokeUri(functionArn),
    });
    const { id: deploymentId } = harness.apis.deploy({ restApiId });
    harness.apis.putStage({ restApiId, stageName: "local", deploymentId });
    expect((await harness.send("/a")).status).toBe(500);
    expect(harness.events).toEqual([]);
  });
});
