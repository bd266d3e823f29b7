/** The queries of a dashboard's graphs. */
import { expect, it } from "vitest";
import { graphsOf } from "../../../src/services/cloudwatch/dashboard-queries.ts";

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html

const bodyOf = (...widgets: object[]) => JSON.stringify({ widgets });
const graph = (properties: object) => ({
  type: "metric",
  properties: { title: "T", ...properties },
});

it("a row has the statistic and the period of its graph, or its own", () => {
  const metrics = [
    ["AWS/SNS", "Published", "TopicName", "t"],
    ["AWS/SNS", "Failed", { stat: "p99", period: 300, label: "failures" }],
  ];
  const { graphs } = graphsOf(bodyOf(graph({ stat: "Sum", period: 60, metrics })));
  expect(graphs[0]?.queries).toMatchObject([
    {
      label: "Published",
      metricStat: { stat: "Sum", period: 60, metric: { dimensions: { TopicName: "t" } } },
    },
    { label: "failures", metricStat: { stat: "p99", period: 300, metric: { dimensions: {} } } },
  ]);
});

it("a dot stands for the text above, and three for all that are not given", () => {
  const metrics = [
    ["AWS/Lambda", "Errors", "FunctionName", "a"],
    [".", "Throttles", ".", "b"],
    ["...", "c"],
    ["..."],
  ];
  const { graphs } = graphsOf(bodyOf(graph({ metrics })));
  const read = graphs[0]?.queries.map(({ metricStat }) => metricStat?.metric);
  const throttles = { namespace: "AWS/Lambda", metricName: "Throttles" };
  expect(read?.slice(1)).toEqual([
    { ...throttles, dimensions: { FunctionName: "b" } },
    { ...throttles, dimensions: { FunctionName: "c" } },
    { ...throttles, dimensions: { FunctionName: "c" } },
  ]);
});

it("an expression is a query, and what it is of may be hidden", () => {
  const metrics = [
    [{ expression: "m * 2", id: "e", label: "double" }],
    ["A", "B", { id: "m", visible: false }],
  ];
  expect(graphsOf(bodyOf(graph({ metrics }))).graphs[0]?.queries).toMatchObject([
    { id: "e", expression: "m * 2", label: "double" },
    { id: "m", returnData: false },
  ]);
});

it("what is no graph of metrics is named", () => {
  const body = bodyOf(
    { type: "log", properties: { title: "Logs", query: "fields @message" } },
    { type: "text", properties: { markdown: "hello" } },
  );
  expect(graphsOf(body)).toEqual({
    graphs: [],
    queries: [{ title: "Logs", query: "fields @message" }],
    others: [{ type: "text", title: "" }],
  });
});
