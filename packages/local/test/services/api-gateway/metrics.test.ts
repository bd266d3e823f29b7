/**
 * The metrics of requests.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
import { expect, it } from "vitest";
import { block } from "./firewall.ts";
import { createHarness, deploy, failure, reply } from "./gateway-harness.ts";

function serve(settings: Parameters<typeof deploy>[2] = {}) {
  const harness = createHarness();
  const api = deploy(
    harness,
    [
      { path: "/orders" },
      { path: "/orders/{id}", method: "ANY" },
      { path: "/slow", timeoutMilliseconds: 50 },
    ],
    settings,
  );
  const putSettings = (methodPath: string, of: object) =>
    harness.apis.putMethodSettings({
      restApiId: api.id,
      stageName: "local",
      methodPath,
      settings: of,
    });
  return { ...harness, ...api, putSettings };
}

const sets = ["ApiName=api", "ApiName=api,Stage=local"];
const each = (...texts: string[]) => sets.flatMap((set) => texts.map((text) => `${text} ${set}`));

it("counts a request, its errors as 0 so that their average is a rate, and its latencies", async () => {
  const { clock, doubles, measurements, send } = serve();
  doubles.invoke = async () => {
    clock.now += 30;
    return reply({ statusCode: 200 });
  };
  await send("/orders");
  expect(measurements.lines()).toEqual(
    each(
      "Count 1 Count",
      "4XXError 0 Count",
      "5XXError 0 Count",
      "Latency 30 Milliseconds",
      "IntegrationLatency 30 Milliseconds",
    ),
  );
  expect(new Set(measurements.all.map(({ namespace }) => namespace))).toEqual(
    new Set(["AWS/ApiGateway"]),
  );
});

it.each([
  ["the function answers 404", 404, "4XXError"],
  ["the function answers 503", 503, "5XXError"],
])("counts an error when %s", async (_, statusCode, name) => {
  const { doubles, measurements, send } = serve();
  doubles.invoke = async () => reply({ statusCode });
  await send("/orders");
  const other = name === "4XXError" ? "5XXError" : "4XXError";
  expect(measurements.lines(name)).toEqual(each(`${name} 1 Count`));
  expect(measurements.lines(other)).toEqual(each(`${other} 0 Count`));
});

it("counts a failing function as 5XX, with the latency of its integration", async () => {
  const { doubles, measurements, send } = serve();
  doubles.invoke = async () => failure("function");
  await send("/orders");
  expect(measurements.lines("5XXError")).toEqual(each("5XXError 1 Count"));
  expect(measurements.lines("IntegrationLatency")).toEqual(
    each("IntegrationLatency 0 Milliseconds"),
  );
});

it("counts an integration that times out as 5XX", async () => {
  const { doubles, measurements, send } = serve();
  doubles.invoke = () => new Promise(() => {});
  await send("/slow");
  expect(measurements.lines("5XXError")).toEqual(each("5XXError 1 Count"));
  expect(measurements.lines("IntegrationLatency")).toHaveLength(sets.length);
});

it.each([
  [
    "is throttled",
    (api: ReturnType<typeof serve>) =>
      api.putSettings("*/*", { throttlingRateLimit: 0, throttlingBurstLimit: 0 }),
    "/orders",
  ],
  ["has an unknown path", () => undefined, "/unknown"],
  [
    "is blocked by the firewall",
    (api: ReturnType<typeof serve>) => block(api, api.stage.arn, "127.0.0.1/32"),
    "/orders",
  ],
])("counts a request that %s as 4XX, and no integration", async (_, prepare, path) => {
  const api = serve();
  prepare(api);
  await api.send(path);
  expect(api.measurements.lines("Count")).toEqual(each("Count 1 Count"));
  expect(api.measurements.lines("4XXError")).toEqual(each("4XXError 1 Count"));
  expect(api.measurements.lines("IntegrationLatency")).toEqual([]);
});

it("publishes nothing for an API that it does not find", async () => {
  const { measurements, send } = serve();
  await send("/_aws/execute-api/unknown/local/orders");
  expect(measurements.lines()).toEqual([]);
});

it("has the dimensions of the method where its settings enable metrics, or those of every method", async () => {
  const { measurements, putSettings, send } = serve();
  putSettings("*/*", { metricsEnabled: true });
  putSettings("orders/GET", { metricsEnabled: false });
  await send("/orders");
  await send("/orders/7");
  await send("/unknown");
  expect(measurements.lines("Count")).toEqual([
    ...each("Count 1 Count"),
    ...each("Count 1 Count"),
    "Count 1 Count ApiName=api,Stage=local,Resource=/orders/{id},Method=ANY",
    ...each("Count 1 Count"),
  ]);
});

it.each([
  ["Prüfung", "Prfung"],
  ["名前", undefined],
])("names the API %s by its ASCII characters, or its id", async (name, ApiName) => {
  const { id, measurements, send } = serve({ name });
  await send("/orders");
  expect(measurements.all[0]?.dimensions).toEqual({ ApiName: ApiName ?? id });
});
