/** What a stage costs in a month: before its first request, and once it serves requests. */
import * as z from "zod";
import type { GraphView } from "../graph-view.ts";
import { methodsOf } from "../methods.ts";
import { itemOf, type Item } from "./item.ts";
import { prices } from "./prices.ts";

const webAclSchema = z.object({ rules: z.array(z.unknown()).default([]) });

/** An alarm reads one metric, or those of its queries; what these compute costs nothing. */
const alarmSchema = z.object({
  metricQueries: z.array(z.object({ metric: z.unknown().optional() })).optional(),
});

/** What is billed from the day on which the stage is deployed. */
export function beforeRequests(graph: GraphView): Item[] {
  const webAcls = graph.all("aws:wafv2/webAcl:WebAcl");
  const rules = webAcls.flatMap(({ inputs }) => webAclSchema.parse(inputs).rules);
  const metrics = graph
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .map(({ inputs }) => alarmSchema.parse(inputs).metricQueries)
    .map((queries) => queries?.filter(({ metric }) => metric !== undefined).length ?? 1);
  return [
    ...itemOf("WAF web ACL", webAcls.length, prices.webAcl),
    ...itemOf("WAF rules", rules.length, prices.firewallRule),
    ...itemOf("KMS keys", graph.all("aws:kms/key:Key").length, prices.key),
    ...itemOf("Secrets", secretsOf(graph).length, prices.secret),
    ...itemOf("Metrics of alarms", sum(metrics), prices.alarmMetric),
    ...itemOf("Dashboards", graph.all(DASHBOARD).length, prices.dashboard),
  ];
}

const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

const settingsSchema = z.object({
  restApi: z.string(),
  settings: z.object({ metricsEnabled: z.boolean().default(false) }),
});

/** Count, Latency, IntegrationLatency, 4XXError and 5XXError of a method (documented: APIGW/api-gateway-metrics-and-dimensions). */
const METRICS_OF_A_METHOD = 5;

const SECONDS_OF_A_MONTH = 2_592_000;

/** For how long SNS uses a data key again, and an environment of ExternalLambda the secret. */
const REUSED_SECONDS = 300;

/** How many environments of ExternalLambda run all month long: an assumption. */
const ENVIRONMENTS = 2;

/** Calls of one environment, or of SNS, in a month. */
const CALLS = SECONDS_OF_A_MONTH / REUSED_SECONDS;

/** What is billed for a month in which requests come, however few. */
export function withRequests(graph: GraphView): Item[] {
  const measured = graph
    .all("aws:apigateway/methodSettings:MethodSettings")
    .map(({ inputs }) => settingsSchema.parse(inputs))
    .filter(({ settings }) => settings.metricsEnabled);
  const methods = methodsOf(graph).filter(
    ({ restApi, httpMethod }) =>
      httpMethod !== "OPTIONS" && measured.some((one) => one.restApi === restApi),
  );
  const secrets = secretsOf(graph);
  const reads = secrets.length * ENVIRONMENTS * CALLS;
  // With Secrets Manager's default key KMS costs nothing (documented: SECRETS/create_secret).
  const ownKeys = secrets.filter(({ inputs }) => inputs["kmsKeyId"] !== undefined).length;
  // R = B / D × 2P with one publisher (documented: SNS/sns-key-management).
  const topics = graph
    .all("aws:sns/topic:Topic")
    .filter(({ inputs }) => inputs["kmsMasterKeyId"] !== undefined)
    .filter(({ outputs }) => isPublishedTo(graph, outputs["arn"]));
  const keyCalls = ownKeys * ENVIRONMENTS * CALLS + topics.length * 2 * CALLS;
  return [
    ...itemOf("Metrics of methods", methods.length * METRICS_OF_A_METHOD, prices.customMetric),
    ...itemOf("Secret reads", reads, prices.secretCalls),
    ...itemOf("KMS calls", keyCalls, prices.keyCalls),
  ];
}

const secretsOf = (graph: GraphView) => graph.all("aws:secretsmanager/secret:Secret");

/** By each request: its messages invoke a function. */
const isPublishedTo = (graph: GraphView, arn: unknown) =>
  graph
    .all("aws:sns/topicSubscription:TopicSubscription")
    .some(({ inputs }) => inputs["topic"] === arn && inputs["protocol"] === "lambda");

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
