/** One page that shows how a stage fares, layer by layer from the outside to the inside. */
import {
  apiMetric,
  deadLettersMetric,
  firewallMetric,
  lambdaMetric,
  lambdas,
  topicMetric,
  type Measured,
  type Metric,
} from "./metrics.ts";

const WIDTH = 8;
const HEIGHT = 6;
const PER_ROW = 3;

interface Widget {
  type: "metric" | "log";
  properties: Readonly<Record<string, unknown>>;
}

/** Creates the dashboard; `accessLog` is the log group in which answers with 429 are counted. */
export function createDashboard(measured: Measured, accessLog: $util.Input<string>): void {
  const widgets = [
    graph("Firewall: allowed, counted, blocked", "Sum", [
      firewallMetric("AllowedRequests", measured),
      firewallMetric("CountedRequests", measured),
      firewallMetric("BlockedRequests", measured),
    ]),
    graph("Answers: all, 4xx, 5xx", "Sum", [
      apiMetric("Count", measured),
      apiMetric("4XXError", measured),
      apiMetric("5XXError", measured),
    ]),
    tooManyRequests(accessLog),
    graph("Latency p50 (ms)", "p50", [apiMetric("Latency", measured)]),
    graph("Latency p99 (ms)", "p99", [apiMetric("Latency", measured)]),
    graph("Functions: throttled runs", "Sum", perLambda("Throttles", measured)),
    graph("Topic: published, failed", "Sum", [
      topicMetric("NumberOfMessagesPublished", measured),
      topicMetric("NumberOfNotificationsFailed", measured),
    ]),
    graph("Functions: failed runs", "Sum", perLambda("Errors", measured)),
    graph("Dead letters waiting", "Maximum", [deadLettersMetric(measured)]),
  ];
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: measured.names.resource("Dashboard"),
    dashboardBody: $jsonStringify({
      widgets: widgets.map((widget, index) => ({ ...widget, ...placeOf(index) })),
    }),
  });
}

const perLambda = (metricName: string, measured: Measured) =>
  lambdas.map((lambda) => lambdaMetric(metricName, lambda, measured));

function graph(title: string, stat: string, metrics: readonly Metric[]): Widget {
  return {
    type: "metric",
    properties: {
      title,
      stat,
      period: 60,
      region: aws.getRegionOutput().region,
      metrics: metrics.map(({ namespace, metricName, dimensions }) => [
        namespace,
        metricName,
        ...Object.entries(dimensions).flat(),
      ]),
    },
  };
}

/** API Gateway counts 429 among 4xx, so the access log tells how many they are. */
function tooManyRequests(accessLog: $util.Input<string>): Widget {
  return {
    type: "log",
    properties: {
      title: "Answers: 429",
      region: aws.getRegionOutput().region,
      view: "timeSeries",
      query: $interpolate`SOURCE '${accessLog}' | filter status = "429" | stats count(*) by bin(1m)`,
    },
  };
}

const placeOf = (index: number) => ({
  x: (index % PER_ROW) * WIDTH,
  y: Math.floor(index / PER_ROW) * HEIGHT,
  width: WIDTH,
  height: HEIGHT,
});
