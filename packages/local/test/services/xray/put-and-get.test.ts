/** PutTraceSegments, BatchGetTraces and GetServiceGraph, by AWS's own client. */
import {
  BatchGetTracesCommand,
  GetSamplingRulesCommand,
  GetSamplingTargetsCommand,
  GetServiceGraphCommand,
  PutTraceSegmentsCommand,
} from "@aws-sdk/client-xray";
import { expect, test } from "vitest";
import { settingsOf, zipOf } from "../lambda/lambda-harness.ts";
import { document, segmentId, setUpXray, start, traceId } from "./xray-calls.ts";

const { client, cloud, put } = setUpXray();

const get = async (...TraceIds: string[]) => client().send(new BatchGetTracesCommand({ TraceIds }));
const documentsOf = async (id: string): Promise<unknown[]> =>
  ((await get(id)).Traces?.[0]?.Segments ?? []).map(({ Document = "" }) => JSON.parse(Document));

// Source: https://docs.aws.amazon.com/xray/latest/api/API_PutTraceSegments.html
// Source: https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html
test("what was put is found in its trace; ids without a trace are unprocessed", async () => {
  const trace_id = traceId(1);
  const child = { id: segmentId(2), parent_id: segmentId(1), end_time: start + 3, name: "stock" };
  expect(await put(document(), document(child))).toMatchObject({ UnprocessedTraceSegments: [] });
  const { Traces, UnprocessedTraceIds } = await get(trace_id, traceId(99));
  expect(UnprocessedTraceIds).toEqual([traceId(99)]);
  expect(Traces).toMatchObject([{ Id: trace_id, Duration: 3, LimitExceeded: false }]);
  expect(await documentsOf(trace_id)).toMatchObject([{ name: "shop" }, { name: "stock" }]);
});

test("a subsegment that is sent separately is put into its parent, and a later document replaces an earlier one", async () => {
  const trace_id = traceId(2);
  const part = {
    trace_id,
    id: segmentId(3),
    parent_id: segmentId(1),
    type: "subsegment",
    name: "sql",
  };
  const deeper = { ...part, id: segmentId(4), parent_id: segmentId(3), name: "row" };
  await put(document(deeper), document(part));
  await put(document({ trace_id, in_progress: true, end_time: undefined }));
  expect(await documentsOf(trace_id)).toMatchObject([
    { in_progress: true, subsegments: [{ name: "sql", subsegments: [{ name: "row" }] }] },
  ]);
  await put(document({ trace_id }));
  const [whole] = await documentsOf(trace_id);
  expect(whole).not.toHaveProperty("in_progress");
  expect(whole).toMatchObject({ subsegments: [{ name: "sql" }] });
});

test("at most five traces can be read at once", async () => {
  const six = Array.from({ length: 6 }, (_, number) => traceId(number));
  await expect(get(...six)).rejects.toMatchObject({ name: "InvalidRequestException" });
});

// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
test.each([
  ["that is no JSON", "{", undefined, "JSON"],
  ["without a name", document({ name: undefined }), segmentId(1), "name"],
  ["with an id that is too short", document({ id: "a" }), undefined, "16 hexadecimal digits"],
  ["of another form of trace", document({ trace_id: "1-2-3" }), segmentId(1), "1-TIME-ID"],
  ["that has not ended", document({ end_time: undefined }), segmentId(1), "end_time"],
  ["that is part of nothing", document({ type: "subsegment" }), segmentId(1), "parent_id"],
  ["of more than 64 kB", document({ metadata: { x: "x".repeat(65_536) } }), segmentId(1), "65536"],
])("a document %s is unprocessed, and the others are kept", async (_, wrong, Id, reason) => {
  const trace_id = traceId(3);
  const { UnprocessedTraceSegments } = await put(wrong, document({ trace_id }));
  expect(UnprocessedTraceSegments).toMatchObject([{ ...(Id && { Id }) }]);
  expect(UnprocessedTraceSegments?.[0]?.Message).toContain(reason);
  expect(await documentsOf(trace_id)).toHaveLength(1);
});

test("a function puts segments as its role allows", async () => {
  const { lambda, roles, folder } = cloud();
  const zip = await zipOf(folder, { "bundle.mjs": "" });
  for (const [name, Action] of [
    ["Traced", "xray:PutTraceSegments"],
    ["Untraced", "sns:Publish"],
  ]) {
    const Statement = [{ Effect: "Allow", Action, Resource: "*" }];
    const inlinePolicies = [JSON.stringify({ Version: "2012-10-17", Statement })];
    roles.put({
      name: String(name),
      arn: `arn:aws:iam::000000000000:role/${name}`,
      inlinePolicies,
    });
    await lambda.putFunction(settingsOf(zip, { name: String(name) }));
  }
  const command = new PutTraceSegmentsCommand({ TraceSegmentDocuments: [document()] });
  await expect(client("Traced").send(command)).resolves.toBeDefined();
  await expect(client("Untraced").send(command)).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
});

// Source: https://docs.aws.amazon.com/xray/latest/api/API_GetServiceGraph.html
test("the service graph has each service, and which calls which", async () => {
  const later = { trace_id: traceId(4), start_time: start + 100, end_time: start + 101 };
  const call = {
    id: segmentId(5),
    name: "SNS",
    namespace: "aws",
    start_time: start + 100,
    end_time: start + 101,
  };
  await put(
    document({ ...later, subsegments: [call] }),
    document({ ...later, id: segmentId(6), parent_id: segmentId(5), name: "mailer", fault: true }),
  );
  const range = {
    StartTime: new Date((start + 50) * 1000),
    EndTime: new Date((start + 200) * 1000),
  };
  const { Services = [] } = await client().send(new GetServiceGraphCommand(range));
  const reference = (name: string) => Services.find(({ Name }) => Name === name)?.ReferenceId;
  expect(Services).toMatchObject([
    {
      Name: "shop",
      Root: true,
      Edges: [{ ReferenceId: reference("mailer") }, { ReferenceId: reference("SNS") }],
      SummaryStatistics: { OkCount: 1, TotalCount: 1, TotalResponseTime: 1 },
    },
    { Name: "mailer", Root: false, SummaryStatistics: { FaultStatistics: { TotalCount: 1 } } },
    { Name: "SNS", Type: "AWS::SNS" },
  ]);
});

const statistics = (RuleName: string) => ({
  RuleName,
  ClientID: "0123456789abcdef01234567",
  Timestamp: new Date(0),
  RequestCount: 1,
  SampledCount: 1,
});

// Source: https://docs.aws.amazon.com/xray/latest/api/API_GetSamplingRules.html
// Source: https://docs.aws.amazon.com/xray/latest/api/API_GetSamplingTargets.html
test("the only sampling rule is the default one, and takes every request", async () => {
  const { SamplingRuleRecords } = await client().send(new GetSamplingRulesCommand({}));
  expect(SamplingRuleRecords).toMatchObject([
    { SamplingRule: { RuleName: "Default", FixedRate: 1 } },
  ]);
  const targets = await client().send(
    new GetSamplingTargetsCommand({
      SamplingStatisticsDocuments: [statistics("Default"), statistics("mine")],
    }),
  );
  expect(targets).toMatchObject({
    SamplingTargetDocuments: [{ RuleName: "Default", FixedRate: 1 }],
    UnprocessedStatistics: [{ RuleName: "mine" }],
  });
});
