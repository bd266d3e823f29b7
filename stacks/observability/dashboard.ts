/** The dashboard of a stage: a graph per layer, from the firewall to the dead-letter queue. */
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

/** Creates the dashboard; `accessLog` is the log group in which 429 responses are counted. */
export function createDashboard(measured: Measured, accessLog: $util.Input<string>): void {
  const widgets = [
    graph("Firewall: allowed, counted and blocked requests", "Sum", [
      firewallMetric("AllowedRequests", measured),
      firewallMetric("CountedRequests", measured),
      firewallMetric("BlockedRequests", measured),
    ]),
    graph("API: requests, 4xx and 5xx responses", "Sum", [
      apiMetric("Count", measured),
      apiMetric("4XXError", measured),
      apiMetric("5XXError", measured),
    ]),
    tooManyRequests(accessLog),
    graph("API: latency, p50 (ms)", "p50", [apiMetric("Latency", measured)]),
    graph("API: latency, p99 (ms)", "p99", [apiMetric("Latency", measured)]),
    graph("Functions: throttled invocations", "Sum", perLambda("Throttles", measured)),
    graph("Topic: published messages, failed deliveries", "Sum", [
      topicMetric("NumberOfMessagesPublished", measured),
      topicMetric("NumberOfNotificationsFailed", measured),
    ]),
    graph("Functions: errors", "Sum", perLambda("Errors", measured)),
    graph("Dead-letter queue: messages", "Maximum", [deadLettersMetric(measured)]),
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

/** API Gateway's 4XXError metric includes 429, so these are counted in the access log. */
function tooManyRequests(accessLog: $util.Input<string>): Widget {
  return {
    type: "log",
    properties: {
      title: "API: 429 responses",
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
