/** The store of REST APIs: ids, resources, and what a deployment freezes. */
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../src/services/api-gateway/store/configuration-errors.ts";
import {
  createHarness,
  deploy,
  functionArn,
  invokeUri,
  putMethods,
  putOne,
} from "./gateway-harness.ts";

describe("ids and ARNs", () => {
  it("have the shapes of AWS's", () => {
    const { id, executionArn, arn, stage, rootResourceId } = deploy(createHarness(), [
      { path: "/a" },
    ]);
    expect(id).toMatch(/^[a-z0-9]{10}$/);
    expect(rootResourceId).toMatch(/^[a-z0-9]{10}$/);
    expect(executionArn).toBe(`arn:aws:execute-api:us-east-1:123456789012:${id}`);
    expect(arn).toBe(`arn:aws:apigateway:us-east-1::/restapis/${id}`);
    expect(stage).toEqual({
      arn: `arn:aws:apigateway:us-east-1::/restapis/${id}/stages/local`,
      invokeUrl: `https://${id}.execute-api.us-east-1.amazonaws.com/local`,
      executionArn: `arn:aws:execute-api:us-east-1:123456789012:${id}/local`,
    });
  });
});

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
describe("a deployment", () => {
  it("is served as it was made, until the stage is given another", async () => {
    const harness = createHarness();
    const { id: restApiId, resourceIdOf } = deploy(harness, [{ path: "/a" }]);
    const name = { resourceId: resourceIdOf("/a"), httpMethod: "GET" };
    harness.apis.deleteMethod(restApiId, name);
    const post = { restApiId, resourceId: resourceIdOf("/a"), httpMethod: "POST" };
    harness.apis.putMethod({ ...post, authorization: "NONE" });
    harness.apis.putIntegration({
      ...post,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: invokeUri(functionArn),
    });
    expect((await harness.send("/a")).status).toBe(200);
    expect((await harness.send("/a", { method: "POST" })).status).toBe(403);

    const { id: deploymentId } = harness.apis.deploy({ restApiId });
    expect((await harness.send("/a")).status).toBe(200);
    harness.apis.putStage({ restApiId, stageName: "local", deploymentId });
    expect((await harness.send("/a")).status).toBe(403);
    expect((await harness.send("/a", { method: "POST" })).status).toBe(200);
  });

  it("keeps its authorizer when the API loses it", async () => {
    const harness = createHarness();
    const { id: restApiId, resourceIdOf } = deploy(harness, [{ path: "/a", pools: ["p"] }]);
    harness.apis.putMethod({
      restApiId,
      resourceId: resourceIdOf("/a"),
      httpMethod: "GET",
      authorization: "NONE",
    });
    expect((await harness.send("/a")).status).toBe(401);
  });

  // A deployment that was made before its methods.
  // Source: https://github.com/sst/ion/issues/1256
  it("is rejected for an API without a method, or with one that has no integration", () => {
    const { apis, restApiId, name } = putOne();
    expect(() => apis.deploy({ restApiId })).toThrow("no method");
    apis.putMethod({ ...name, authorization: "NONE" });
    expect(() => apis.deploy({ restApiId })).toThrow("no integration");
  });

  it("cannot be removed while a stage serves it", () => {
    const { apis } = createHarness();
    const { id, deploymentId } = deploy({ apis }, [{ path: "/a" }]);
    expect(() => apis.deleteDeployment(deploymentId)).toThrow("served by a stage");
    apis.deleteStage(id, "local");
    apis.deleteDeployment(deploymentId);
    const again = { restApiId: id, stageName: "local", deploymentId };
    expect(() => apis.putStage(again)).toThrow(ConfigurationError);
  });

  it("belongs to its own API", () => {
    const { apis } = createHarness();
    const one = deploy({ apis }, [{ path: "/a" }]);
    const other = putMethods({ apis }, [{ path: "/a" }]);
    const put = () =>
      apis.putStage({ restApiId: other.id, stageName: "s", deploymentId: one.deploymentId });
    expect(put).toThrow(ConfigurationError);
  });
});

describe("putting again what stands already", () => {
  it("changes its settings and keeps what hangs on it", async () => {
    const harness = createHarness();
    const { id, rootResourceId, resourceIdOf } = putMethods(harness, [{ path: "/a" }]);
    const { apis } = harness;
    const again = { name: "renamed", endpointType: "REGIONAL", binaryMediaTypes: ["*/*"] };
    expect(apis.putRestApi({ id, ...again })).toMatchObject({ id, rootResourceId });
    const name = { restApiId: id, resourceId: resourceIdOf("/a"), httpMethod: "GET" };
    const authorizer = { name: "a", type: "COGNITO_USER_POOLS", providerArns: ["arn:pool"] };
    const { id: authorizerId } = apis.putAuthorizer({ restApiId: id, ...authorizer });
    apis.putMethod({ ...name, authorization: "COGNITO_USER_POOLS", authorizerId });
    const { id: deploymentId } = apis.deploy({ restApiId: id });
    apis.putStage({ restApiId: id, stageName: "local", deploymentId });
    expect((await harness.send("/a")).status).toBe(401);
  });
});

describe("removing an API", () => {
  it("removes its stages: nothing is served any more", async () => {
    const harness = createHarness();
    const { id } = deploy(harness, [{ path: "/a" }]);
    harness.apis.deleteRestApi(id);
    expect((await harness.send("/a")).status).toBe(403);
    expect(harness.apis.servedStages()).toEqual([]);
  });
});

describe("resources", () => {
  it("can be renamed, which moves what is below them", () => {
    const { apis, restApiId, resourceId } = putOne();
    const parent = apis.putResource({ restApiId, parentId: resourceId, pathPart: "old" });
    const below = { restApiId, parentId: parent.id, pathPart: "{id}" };
    expect(apis.putResource(below).path).toBe("/old/{id}");
    apis.putResource({ restApiId, id: parent.id, parentId: resourceId, pathPart: "new" });
    expect(apis.putResource({ ...below, pathPart: "x" }).path).toBe("/new/x");
  });

  it("are removed with all that is below them", () => {
    const harness = createHarness();
    const { id, resourceIdOf } = putMethods(harness, [{ path: "/a/b" }]);
    harness.apis.deleteResource(id, resourceIdOf("/a"));
    expect(() => harness.apis.deploy({ restApiId: id })).toThrow("no method");
  });

  it.each(["a/b", "a b", "{id", "{}", "", "é"])("reject the path part %j", (pathPart) => {
    const { apis, restApiId, resourceId } = putOne();
    const put = () => apis.putResource({ restApiId, parentId: resourceId, pathPart });
    expect(put).toThrow(ConfigurationError);
  });

  it.each([
    ["a", "a"],
    ["{id}", "{name}"],
    ["{a+}", "{a+}"],
  ])("reject the siblings %s and %s", (one, other) => {
    const { apis, restApiId, resourceId } = putOne();
    apis.putResource({ restApiId, parentId: resourceId, pathPart: one });
    const put = () => apis.putResource({ restApiId, parentId: resourceId, pathPart: other });
    expect(put).toThrow("sibling");
  });

  it("reject a child of a greedy variable, and a parent that is not there", () => {
    const { apis, restApiId, resourceId } = putOne();
    const greedy = apis.putResource({ restApiId, parentId: resourceId, pathPart: "{p+}" });
    const put = (parentId: string) => () =>
      apis.putResource({ restApiId, parentId, pathPart: "a" });
    expect(put(greedy.id)).toThrow("greedy");
    expect(put("gone")).toThrow("gone");
  });
});
