/** GetTraceSummaries: time ranges and filter expressions. */
import { GetTraceSummariesCommand, type GetTraceSummariesCommandInput } from "@aws-sdk/client-xray";
import { beforeAll, describe, expect, it, test } from "vitest";
import { document, segmentId, setUpXray, start, traceId } from "./xray-calls.ts";

const { client, put } = setUpXray();

const at = (later: number) => new Date((start + later) * 1000);
const summaries = (asked: Partial<GetTraceSummariesCommandInput> = {}) =>
  client().send(new GetTraceSummariesCommand({ StartTime: at(-1), EndTime: at(60), ...asked }));
const found = async (FilterExpression: string) => {
  const { TraceSummaries = [] } = await summaries({ FilterExpression });
  return TraceSummaries.map(({ Id }) => Number.parseInt(Id?.slice(-4) ?? "", 16));
};

const http = (status: number, url: string) => ({
  request: { url, method: "POST", client_ip: "192.0.2.1", user_agent: "curl" },
  response: { status },
});

beforeAll(async () => {
  const slow = {
    trace_id: traceId(2),
    user: "u",
    end_time: start + 6,
    error: true,
    throttle: true,
  };
  await put(
    document({
      http: http(200, "https://shop/orders"),
      origin: "AWS::ApiGateway::Stage",
      resource_arn: "arn:stage",
    }),
    document({ ...slow, http: http(429, "https://shop/names") }),
    document({ trace_id: traceId(3, 30), annotations: { kind: "a b", size: 7, new: true } }),
    document({
      trace_id: traceId(3, 30),
      id: segmentId(2),
      parent_id: segmentId(1),
      name: "mail",
      fault: true,
      origin: "AWS::Lambda",
      end_time: start + 40,
    }),
    document({ trace_id: traceId(4, 40), in_progress: true, end_time: undefined }),
  );
});

// Source: https://docs.aws.amazon.com/xray/latest/api/API_TraceSummary.html
test("a summary says how long a trace took, what it was asked and how it ended", async () => {
  const { TraceSummaries, TracesProcessedCount } = await summaries({ EndTime: at(31) });
  expect(TracesProcessedCount).toBe(4);
  expect(TraceSummaries).toMatchObject([
    {
      Id: traceId(1),
      StartTime: at(0),
      Duration: 1.5,
      ResponseTime: 1.5,
      HasError: false,
      HasFault: false,
      Http: {
        HttpURL: "https://shop/orders",
        HttpStatus: 200,
        HttpMethod: "POST",
        ClientIp: "192.0.2.1",
        UserAgent: "curl",
      },
      ServiceIds: [{ Name: "shop", Type: "AWS::ApiGateway::Stage" }],
      ResourceARNs: [{ ARN: "arn:stage" }],
      EntryPoint: { Name: "shop" },
    },
    { HasThrottle: true, HasError: true, Users: [{ UserName: "u" }] },
    {
      HasFault: true,
      Duration: 40,
      ResponseTime: 1.5,
      Annotations: { kind: [{ AnnotationValue: { StringValue: "a b" } }] },
      EntryPoint: { Name: "shop" },
    },
  ]);
});

// Source: https://docs.aws.amazon.com/xray/latest/api/API_GetTraceSummaries.html
test.each([
  ["by the time in a trace's id", { StartTime: at(30), EndTime: at(30) }, [3]],
  ["by when a service ended", { StartTime: at(5), EndTime: at(7), TimeRangeType: "Service" }, [2]],
  ["by when it came", { StartTime: at(-1), EndTime: at(60), TimeRangeType: "Event" }, []],
] as const)("traces are found %s", async (_, range, expected) => {
  const { TraceSummaries = [] } = await summaries(range);
  expect(TraceSummaries.map(({ Id }) => Id)).toEqual(
    expected.map((number) => traceId(number, number === 3 ? 30 : 0)),
  );
});

// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html
describe("a filter expression selects", () => {
  it.each([
    ["responsetime > 5", [2]],
    ["duration >= 1.5 AND duration < 6", [1]],
    ["http.status = 200", [1]],
    ["http.status != 200", [2]],
    ['http.url CONTAINS "/names"', [2]],
    ['http.url BEGINSWITH "https://shop" and http.method = "POST"', [1, 2]],
    ['http.url ENDSWITH "orders" OR fault', [1, 3]],
    ['user = "u"', [2]],
    ["error", [2]],
    ["error = false AND fault = false", [1, 4]],
    ["throttle", [2]],
    ["ok", [1, 4]],
    ["partial", [4]],
    ["!ok", [2, 3]],
    ["NOT (error OR fault)", [1, 4]],
    ["error OR fault AND partial", [2]],
    ["(error OR fault) AND partial", []],
    ['annotation.kind = "a b"', [3]],
    ['annotation[kind] CONTAINS "b"', [3]],
    ["annotation.size > 6 AND annotation.new = true", [3]],
    ["annotation.kind", [3]],
    ["annotation.none", []],
    ['service("mail")', [3]],
    ['service("mail") { fault }', [3]],
    ['service("shop") { fault }', []],
    ["service() { fault }", [3]],
    ['service(id(name: "mail", type: "AWS::Lambda"))', [3]],
    ['service(id(type: "AWS::ApiGateway::Stage")) { responsetime < 2 }', [1]],
  ])("by %s", async (expression, expected) => {
    expect(await found(expression)).toEqual(expected);
  });

  it.each([
    ["edge(service, other)", 'the filter keyword "edge"'],
    ['group.name = "g"', 'the filter keyword "group.name"'],
    ['service(id(account.id: "1"))', 'the member "account.id" of id'],
    ["responsetime", "needs an operator"],
    ['responsetime = "5"', "responsetime is a number"],
    ["http.url > 5", "http.url is a text"],
    ["error AND", "not complete"],
    ["error error", '"error" is not expected'],
    ["(error", '")" is expected at its end'],
    ["error ?", "character"],
    [`${"(".repeat(60)}error${")".repeat(60)}`, "nested"],
  ])("nothing by %s: it is refused by name", async (expression, reason) => {
    await expect(found(expression)).rejects.toMatchObject({
      name: "InvalidRequestException",
      message: expect.stringContaining(reason),
    });
  });
});
