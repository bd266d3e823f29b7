/** API Gateway's resource types: what a deployment changes, keeps and rejects. */
import { beforeEach, describe, expect, it } from "vitest";
import { createAccount, type Declared, ordersProgram } from "./deployed-api.ts";

const json = { "content-type": "application/json" };

let account: ReturnType<typeof createAccount>;
beforeEach(() => {
  account = createAccount();
});

async function deployed(changes?: Parameters<typeof ordersProgram>[0]) {
  const { of, operations } = await account.deploy(ordersProgram(changes));
  const key = of("ApiKey Client", "value");
  const post = (body: string, value = key) =>
    account.send("/orders", { method: "POST", body, headers: { ...json, "x-api-key": value } });
  return { of, operations, key, post };
}

describe("a deployed API", () => {
  it("enforces its key, its model and its gateway response", async () => {
    const { post } = await deployed();
    expect((await post('{"a":1}')).status).toBe(200);
    expect((await post('{"a":1}', "made-up")).status).toBe(403);
    const rejected = await post("{}");
    expect(rejected.status).toBe(400);
    expect(rejected.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("stays as it is when nothing has changed", async () => {
    await deployed();
    expect(new Set((await deployed()).operations)).toEqual(new Set(["same"]));
  });

  it("has the provider's outputs", async () => {
    const { of } = await deployed();
    expect(of("ApiKey Client", "value")).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(of("ApiKey Client", "name")).toMatch(/^Client-[0-9a-f]{7}$/);
    expect(of("UsagePlan Basic", "arn")).toBe(
      `arn:aws:apigateway:us-east-1::/usageplans/${of("UsagePlan Basic")}`,
    );
    expect(of("UsagePlanKey ClientBasic")).toBe(of("ApiKey Client"));
  });

  it("is gone, with keys and plans, once it is removed", async () => {
    const { post, of } = await deployed();
    await account.deployments.destroy();
    expect((await post('{"a":1}')).status).toBe(403);
    expect(account.apis.servedStages()).toEqual([]);
    expect(() => account.apis.deploy({ restApiId: of("RestApi Api") })).toThrow("no REST API");
    expect(account.deployments.graph("local")).toEqual([]);
  });
});

describe("a change", () => {
  const loose = { "Model Order": { schema: "{}" } };
  const again = { "Deployment Now": { triggers: { version: "2" } } };

  it("of a model is served only when the deployment's triggers change as well", async () => {
    await deployed();
    expect((await (await deployed(loose)).post("{}")).status).toBe(400);
    expect((await (await deployed({ ...loose, ...again })).post("{}")).status).toBe(200);
  });

  it("of a deployment's description only deploys nothing", async () => {
    await deployed();
    const changes = { ...loose, "Deployment Now": { description: "new" } };
    expect((await (await deployed(changes)).post("{}")).status).toBe(400);
  });

  it("of a stage's name takes the old one away", async () => {
    const { of } = await deployed();
    const api = `/_aws/execute-api/${of("RestApi Api")}`;
    await deployed({ "Stage Local": { stageName: "v2" }, ...again });
    const call = { method: "POST", headers: { "x-api-key": of("ApiKey Client", "value") } };
    expect((await account.send(`${api}/local/orders`, call)).status).toBe(403);
    expect((await account.send(`${api}/v2/orders`, call)).status).toBe(400);
  });

  it("of a path for a throttle takes the old one away", async () => {
    const shut = { throttlingRateLimit: 0, throttlingBurstLimit: 0 };
    const { post } = await deployed({ "MethodSettings All": { settings: shut } });
    expect((await post('{"a":1}')).status).toBe(429);
    await deployed({ "MethodSettings All": { methodPath: "orders/GET", settings: shut } });
    expect((await post('{"a":1}')).status).toBe(200);
  });

  it("of a key, a plan or what is in it holds at once, and keeps ids and values", async () => {
    const { of, post, key } = await deployed();
    const changed = await deployed({
      "ApiKey Client": { enabled: false },
      "UsagePlan Basic": { description: "new" },
    });
    expect(changed.key).toBe(key);
    expect(changed.of("UsagePlan Basic")).toBe(of("UsagePlan Basic"));
    expect(changed.of("UsagePlan Basic", "name")).toBe(of("UsagePlan Basic", "name"));
    expect((await post('{"a":1}')).status).toBe(403);
    await deployed({ "UsagePlanKey ClientBasic": undefined });
    expect((await post('{"a":1}')).status).toBe(403);
    await deployed();
    expect((await post('{"a":1}')).status).toBe(200);
  });

  it("that leaves out model and validator removes them after the method has let them go", async () => {
    const { of } = await deployed();
    const program = ordersProgram({
      "Model Order": undefined,
      "RequestValidator Validator": undefined,
      "Method Post": { requestValidatorId: undefined, requestModels: {} },
      ...again,
    });
    await account.deploy(program);
    const putAgain = () => account.apis.putModel({ restApiId: of("RestApi Api"), name: "Order" });
    expect(putAgain).not.toThrow();
    const key = of("ApiKey Client", "value");
    const call = { method: "POST", body: "{}", headers: { ...json, "x-api-key": key } };
    expect((await account.send("/orders", call)).status).toBe(200);
  });
});

const strict = {
  securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
  endpointAccessMode: "STRICT",
};

// Which policies there are for which endpoint.
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
// A resource policy among it, which AWS would evaluate after the authorizer.
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
describe("what is rejected names the property", () => {
  it.each([
    ["RestApi Api", { minimumCompressionSize: "0" }, "compresses no responses"],
    ["RestApi Api", { policy: "{}" }, "no resource policy"],
    ["RestApi Api", { apiKeySource: "AUTHORIZER" }, "x-api-key"],
    ["RestApi Api", { endpointConfiguration: { types: "PRIVATE" } }, "endpointConfiguration.types"],
    ["RestApi Api", { body: "{}" }, "body"],
    ["RestApi Api", { securityPolicy: "TLS_1_3" }, "TLS_1_3 is no policy"],
    ["RestApi Api", { ...strict, securityPolicy: "SecurityPolicy_TLS13_2025_EDGE" }, "no policy"],
    ["RestApi Api", { ...strict, endpointAccessMode: undefined }, "endpointAccessMode"],
    ["RestApi Api", { ...strict, securityPolicy: undefined }, "endpointAccessMode"],
    ["RestApi Api", { ...strict, endpointAccessMode: "LAX" }, "endpointAccessMode"],
    ["Stage Local", { cacheClusterEnabled: true }, "caches no responses"],
    ["Stage Local", { clientCertificateId: "c" }, "client certificate"],
    ["Stage Local", { canarySettings: {} }, "canary"],
    ["MethodSettings All", { settings: { cachingEnabled: true } }, "caches no responses"],
    ["MethodSettings All", { settings: { loggingLevel: "DEBUG" } }, "loggingLevel"],
    ["MethodSettings All", { settings: { throttlingRate: 1 } }, "throttlingRate"],
    ["Model Order", { name: undefined }, "name"],
    ["Model Order", { schema: '{"const":1}' }, "const"],
    ["Method Post", { requestModels: { "application/json": "Gone" } }, "Gone"],
    ["Response Errors", { responseType: "TEAPOT" }, "TEAPOT"],
    ["UsagePlan Basic", { quotaSettings: { limit: 1, period: "YEAR" } }, "period"],
    ["UsagePlan Basic", { quotaSettings: { limit: 1, period: "DAY", offset: 1 } }, "offset"],
    ["UsagePlan Basic", { throttleSettings: { rateLimit: -1 } }, "rateLimit"],
    ["UsagePlanKey ClientBasic", { keyType: "OTHER" }, "OTHER"],
    ["ApiKey Client", { value: "short" }, "20 to 128"],
  ])("%s with %j", async (resource, changes, named) => {
    await expect(deployed({ [resource]: changes })).rejects.toThrow(named);
  });

  it("an authorizer that caches longer than AWS can", async () => {
    const authorizer = {
      restApi: "api",
      name: "a",
      type: "COGNITO_USER_POOLS",
      authorizerResultTtlInSeconds: 3601,
    };
    await expect(account.deploy([["Authorizer A", () => authorizer]])).rejects.toThrow(
      "authorizerResultTtlInSeconds",
    );
  });
});

describe("limitations of the local cloud are reported once", () => {
  it("of kept authorizer results", async () => {
    await account.deploy([
      ...ordersProgram({
        "MethodSettings All": { settings: { metricsEnabled: true, loggingLevel: "ERROR" } },
      }),
      ...[0, 300].map((authorizerResultTtlInSeconds): Declared => [
        `Authorizer After${authorizerResultTtlInSeconds}`,
        (of) => ({
          restApi: of("RestApi Api"),
          name: "a",
          type: "COGNITO_USER_POOLS",
          providerArns: ["arn:pool"],
          authorizerResultTtlInSeconds,
        }),
      ]),
    ]);
    expect(account.deployments.limitations("local")).toEqual([
      {
        service: "API Gateway",
        text: "results of authorizers are not kept, on AWS for up to 300 s",
      },
    ]);
  });

  it("and nothing of what is switched off", async () => {
    await deployed({
      "Stage Local": { xrayTracingEnabled: false },
      "MethodSettings All": { settings: { loggingLevel: "OFF", dataTraceEnabled: false } },
    });
    expect(account.deployments.limitations("local")).toEqual([]);
  });
});
