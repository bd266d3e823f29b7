/** CloudWatch in its three protocols, and who may call it. */
import { gzipSync } from "node:zlib";
import { encode } from "cborg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callJson, callQuery, callRaw } from "../../support/raw-calls.ts";
import { createTestCloud, type TestCloud } from "../../support/test-cloud.ts";
import { settingsOf, zipOf } from "../lambda/lambda-harness.ts";

// Source: https://github.com/boto/botocore
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html

let cloud: TestCloud;
beforeAll(() => {
  cloud = createTestCloud();
  cloud.minutes.pass();
});
afterAll(() => cloud.stop());

const target = "GraniteServiceVersion20100801";
const json = (operation: string, input: object, caller?: string) =>
  callJson(cloud.endpoint, "monitoring", `${target}.${operation}`, input, caller);
const cbor = (operation: string, body: Uint8Array, headers: Record<string, string> = {}) =>
  callRaw(cloud.endpoint, "monitoring", {
    path: `/service/${target}/operation/${operation}`,
    headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor", ...headers },
    body: new Uint8Array(body),
  });

describe("AWS JSON 1.0", () => {
  test("has times in seconds", async () => {
    const seconds = cloud.now() / 1000;
    const MetricData = [{ MetricName: "Json", Value: 2, Timestamp: seconds, Unit: null }];
    expect((await json("PutMetricData", { Namespace: "App", MetricData })).body).toBe("{}");
    const { body } = await json("GetMetricStatistics", {
      Namespace: "App",
      MetricName: "Json",
      StartTime: seconds - 60,
      EndTime: seconds + 60,
      Period: 60,
      Statistics: ["Sum"],
    });
    expect(JSON.parse(body)).toEqual({
      Label: "Json",
      Datapoints: [{ Timestamp: seconds, Sum: 2, Unit: "None" }],
    });
  });

  test.each([-1e18, 1e18, 9e12])("has no time that no date can have: %d", async (StartTime) => {
    const { status, body } = await json("GetMetricStatistics", {
      Namespace: "App",
      MetricName: "Json",
      StartTime,
      EndTime: cloud.now() / 1000,
      Period: 60,
      Statistics: ["Sum"],
    });
    expect(status).toBe(400);
    expect(body).toContain("StartTime");
  });

  test("tells errors with the code of the query protocol in a header", async () => {
    const response = await cloud.endpoint.fetch(
      new Request("http://127.0.0.1/", {
        method: "POST",
        headers: {
          "x-amz-target": `${target}.GetDashboard`,
          authorization: `AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/monitoring/aws4_request`,
        },
        body: JSON.stringify({ DashboardName: "none" }),
      }),
    );
    expect(response.status).toBe(404);
    expect(response.headers.get("x-amzn-query-error")).toBe("ResourceNotFound;Sender");
    expect(await response.json()).toMatchObject({ __type: "DashboardNotFoundError" });
  });
});

const query = (parameters: Record<string, string>) =>
  callQuery(cloud.endpoint, "monitoring", { Version: "2010-08-01", ...parameters });

describe("AWS Query", () => {
  test("has lists, maps, and times in ISO 8601", async () => {
    const time = new Date(cloud.now()).toISOString();
    const put = await query({
      Action: "PutMetricData",
      Namespace: "App",
      "MetricData.member.1.MetricName": "Query",
      "MetricData.member.1.Value": "1.5e1",
      "MetricData.member.1.Timestamp": time,
      "MetricData.member.1.Dimensions.member.1.Name": "Route",
      "MetricData.member.1.Dimensions.member.1.Value": "5",
    });
    expect(put).toMatchObject({ status: 200, body: expect.stringContaining("PutMetricDataRes") });
    const { body } = await query({
      Action: "GetMetricStatistics",
      Namespace: "App",
      MetricName: "Query",
      "Dimensions.member.1.Name": "Route",
      "Dimensions.member.1.Value": "5",
      StartTime: time,
      EndTime: new Date(cloud.now() + 60_000).toISOString(),
      Period: "60",
      "ExtendedStatistics.member.1": "p50",
    });
    expect(body).toContain('xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"');
    expect(body).toContain(
      `<Datapoints><member><Timestamp>${time}</Timestamp><Unit>None</Unit><ExtendedStatistics><entry><key>p50</key><value>15</value></entry></ExtendedStatistics></member></Datapoints>`,
    );
  });

  test("tells errors with its own codes", async () => {
    const { status, body } = await query({ Action: "GetDashboard", DashboardName: "none" });
    expect(status).toBe(404);
    expect(body).toContain("<Code>ResourceNotFound</Code>");
  });
});

describe("RPC v2 CBOR", () => {
  test.each([
    ["no CBOR", new Uint8Array([0xff])],
    ["no map", encode([1])],
    ["a map that is cut off", encode({ Namespace: "App" }).subarray(0, -2)],
    ["the same member twice", new Uint8Array([0xa2, 0x61, 0x61, 1, 0x61, 0x61, 2])],
    ["lists in lists without end", new Uint8Array(200_000).fill(0x81)],
    ["a list longer than any memory", new Uint8Array([0x9b, 0, 0, 0xff, 255, 255, 255, 255, 255])],
  ])("rejects %s", async (_, body) => {
    const { status, body: error } = await cbor("ListMetrics", body);
    expect(status).toBe(400);
    expect(error).toContain("SerializationException");
  });

  test("rejects a member __proto__ by name", async () => {
    const body = encode(new Map([["__proto__", { Namespace: "App" }]]));
    expect((await cbor("ListMetrics", body)).body).toContain("members named __proto__");
  });

  test("an empty body and a member that is null are as if it was not there", async () => {
    expect((await cbor("ListMetrics", new Uint8Array())).status).toBe(200);
    expect((await cbor("ListMetrics", encode({ Namespace: null }))).status).toBe(200);
  });

  test("takes bodies in gzip, up to 4 MiB of what is in them", async () => {
    const gzip = { "content-encoding": "gzip" };
    const small = gzipSync(encode({ Namespace: "App" }));
    expect((await cbor("ListMetrics", small, gzip)).status).toBe(200);
    const bomb = gzipSync(encode({ Namespace: "x".repeat(5 * 1024 * 1024) }));
    for (const [body, headers] of [
      [bomb, gzip],
      [encode({}), gzip],
      [small, { "content-encoding": "br" }],
    ] as const) {
      expect((await cbor("ListMetrics", body, headers)).body).toContain("SerializationException");
    }
  });

  test("names an operation that is not there", async () => {
    const { body } = await cbor("PutMetricStream", encode({}));
    expect(body).toContain("does not support monitoring:PutMetricStream");
  });
});

const putIn = (Namespace: string) =>
  json("PutMetricData", { Namespace, MetricData: [{ MetricName: "m", Value: 1 }] }, "Function");

describe("a function", () => {
  const roleArn = "arn:aws:iam::000000000000:role/measures";
  const board = "arn:aws:cloudwatch::000000000000:dashboard/board";

  beforeAll(async () => {
    const zipFile = await zipOf(cloud.folder, { "bundle.mjs": "" });
    await cloud.lambda.putFunction(settingsOf(zipFile, { roleArn }));
  });
  beforeEach(() => allow());

  function allow(...Statement: object[]) {
    const inlinePolicies = [JSON.stringify({ Version: "2012-10-17", Statement })];
    cloud.roles.put({ name: "measures", arn: roleArn, inlinePolicies });
  }

  test("may publish in the namespaces that its role names", async () => {
    allow({
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": "App" } },
    });
    expect((await putIn("App")).status).toBe(200);
    const denied = await putIn("Other");
    expect(denied.status).toBe(403);
    expect(denied.body).toContain("is not authorized to perform: cloudwatch:PutMetricData");
    expect((await json("ListMetrics", {}, "Function")).status).toBe(403);
  });

  test("may change the dashboards that its role names, and none with others", async () => {
    const DashboardBody = '{"widgets":[]}';
    allow({ Effect: "Allow", Action: "cloudwatch:*Dashboard*", Resource: board });
    const put = (DashboardName: string) =>
      json("PutDashboard", { DashboardName, DashboardBody }, "Function");
    expect((await put("board")).status).toBe(200);
    expect((await put("other")).status).toBe(403);
    cloud.cloudwatch.dashboards.put("other", DashboardBody);
    const both = { DashboardNames: ["board", "other"] };
    expect((await json("DeleteDashboards", both, "Function")).status).toBe(403);
    expect((await json("ListDashboards", {}, "Function")).status).toBe(403);
    expect(cloud.cloudwatch.dashboards.list()).toHaveLength(2);
  });
});
