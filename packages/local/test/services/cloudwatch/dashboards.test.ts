/** Dashboards: their operations, and which bodies are taken. */
import {
  DeleteDashboardsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
} from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html

let cloud: StartedCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());
beforeEach(() => {
  for (const { name } of cloud.cloudwatch.dashboards.list()) {
    cloud.cloudwatch.dashboards.delete(name);
  }
});

const bodyOf = (...widgets: unknown[]) => JSON.stringify({ widgets });
const put = (DashboardName: string, DashboardBody: string) =>
  cloud.clients.cloudwatch.send(new PutDashboardCommand({ DashboardName, DashboardBody }));
const get = (DashboardName: string) =>
  cloud.clients.cloudwatch.send(new GetDashboardCommand({ DashboardName }));
const list = (DashboardNamePrefix?: string) =>
  cloud.clients.cloudwatch.send(new ListDashboardsCommand({ DashboardNamePrefix }));
const remove = (...DashboardNames: string[]) =>
  cloud.clients.cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames }));

const metricOf = (metrics: unknown, more: object = {}) => ({
  type: "metric",
  properties: { region: "us-east-1", metrics, ...more },
});
const errors = ["AWS/Lambda", "Errors", "FunctionName", "hello"];

test("a dashboard has 2,500 metrics at most, in all of its widgets", async () => {
  const large = Array.from({ length: 5 }, () =>
    metricOf(Array.from({ length: 500 }, () => errors)),
  );
  await put("large", bodyOf(...large));
  await expect(put("too-large", bodyOf(...large, metricOf([errors])))).rejects.toMatchObject({
    name: "DashboardInvalidInputError",
    message: expect.stringContaining("/widgets: may have at most 2500 metrics in all"),
  });
});

describe("dashboards", () => {
  test("are 500 at most; one that is there is still replaced", async () => {
    const { dashboards } = cloud.cloudwatch;
    for (let at = 0; at < 500; at += 1) dashboards.put(`dashboard-${at}`, bodyOf());
    await expect(put("one-more", bodyOf())).rejects.toMatchObject({
      name: "LimitExceededFault",
      message: "An account has at most 500 dashboards.",
    });
    await put("dashboard-0", bodyOf(metricOf([errors])));
    await remove("dashboard-1");
    await put("one-more", bodyOf());
  });

  test("are put, got, listed and deleted by their names", async () => {
    const body = bodyOf(metricOf([errors]));
    await put("app-one", '{"widgets":[]}');
    await put("app-one", body);
    await put("other", body);
    const arn = "arn:aws:cloudwatch::000000000000:dashboard/app-one";
    expect(await get("app-one")).toMatchObject({ DashboardArn: arn, DashboardBody: body });
    expect((await list("app")).DashboardEntries).toEqual([
      {
        DashboardName: "app-one",
        DashboardArn: arn,
        LastModified: new Date(Math.trunc(cloud.now())),
        Size: body.length,
      },
    ]);
    await remove("app-one");
    expect((await list()).DashboardEntries).toHaveLength(1);
    await expect(get("app-one")).rejects.toMatchObject({
      name: "ResourceNotFound",
      $metadata: { httpStatusCode: 404 },
    });
  });

  test("are all kept if one of those to delete is not there", async () => {
    await put("one", bodyOf());
    await expect(remove("one", "two")).rejects.toThrow("two does not exist");
    expect((await list()).DashboardEntries).toHaveLength(1);
  });

  test("have names of letters, digits, hyphens and underscores", async () => {
    await expect(put("my board", bodyOf())).rejects.toThrow("DashboardName");
  });
});

describe("a body", () => {
  test.each([
    ["of nothing", bodyOf()],
    ["of a metric with options", bodyOf(metricOf([[...errors, { stat: "p99", label: "x" }]]))],
    [
      "of a metric that repeats",
      bodyOf(metricOf([errors, [".", "Invocations", ".", "."], ["..."]])),
    ],
    ["of an expression", bodyOf(metricOf([[{ expression: "m1/m2", id: "e1" }]]))],
    ["of a text", bodyOf({ type: "text", properties: { markdown: "# App" } })],
    [
      "of a query of logs",
      bodyOf({ type: "log", properties: { region: "us-east-1", query: "SOURCE 'x' | fields @y" } }),
    ],
    ["of alarms", bodyOf({ type: "alarm", properties: { alarms: ["arn:aws:cloudwatch:…"] } })],
  ])("%s is taken", async (_, body) => {
    await expect(put("board", body)).resolves.toMatchObject({ DashboardValidationMessages: [] });
  });

  test.each([
    ["is no JSON", "{", "must be JSON with widgets"],
    ["has no widgets", "{}", "/widgets"],
    ["has an unknown type", bodyOf({ type: "metrics", properties: {} }), "/widgets/0/type"],
    ["has no properties", bodyOf({ type: "text" }), "/widgets/0/properties"],
    ["is wider than the grid", bodyOf({ ...metricOf([errors]), width: 25 }), "/widgets/0/width"],
    ["has no region", bodyOf(metricOf([errors], { region: undefined })), "properties/region"],
    ["has no metrics", bodyOf(metricOf(undefined)), "must have metrics"],
    ["has metrics that are no lists", bodyOf(metricOf(errors)), "properties/metrics/0"],
    ["has a metric without a name", bodyOf(metricOf([["AWS/Lambda"]])), "properties/metrics/0"],
    [
      "has a dimension without a value",
      bodyOf(metricOf([["AWS/Lambda", "Errors", "FunctionName"]])),
      "must be a namespace, a metric's name, and pairs of dimensions",
    ],
    ["has options before a name", bodyOf(metricOf([[{}, ...errors]])), "only the last item"],
    ["has a period of 90 s", bodyOf(metricOf([errors], { period: 90 })), "properties/period"],
    ["has a query without text", bodyOf({ type: "log", properties: {} }), "properties/query"],
  ])("that %s is rejected", async (_, body, message) => {
    await expect(put("board", body)).rejects.toMatchObject({
      name: "DashboardInvalidInputError",
      message: expect.stringContaining(message),
    });
  });
});
