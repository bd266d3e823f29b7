/** CloudWatch as a service of the endpoint. */
import type { JsonInput, JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import { textMember } from "../../../aws-protocol/json-protocol.ts";
import { createRpcService } from "../../../aws-protocol/rpc-service.ts";
import type { AwsService } from "../../../aws-protocol/service.ts";
import type { Dashboards } from "../dashboards.ts";
import { validationError } from "../errors.ts";
import type { Metrics } from "../store/metrics.ts";
import { dashboardOperations } from "./dashboards.ts";
import { getMetricData } from "./get-metric-data.ts";
import { getMetricStatistics } from "./get-metric-statistics.ts";
import { listMetrics } from "./list-metrics.ts";
import { putMetricData } from "./put-metric-data.ts";

/** What the operations are on; `now` gives milliseconds since 1970. */
export interface CloudWatchApiOptions {
  readonly metrics: Metrics;
  readonly dashboards: Dashboards;
  readonly now: () => number;
  readonly alarmOperations: JsonOperations;
  readonly alarmArnOf: (name: string) => string;
}

/** Creates the service. */
export function createCloudWatchApi({
  metrics,
  dashboards,
  now,
  alarmOperations,
  alarmArnOf,
}: CloudWatchApiOptions): AwsService {
  const operations: JsonOperations = {
    ...alarmOperations,
    ...dashboardOperations(dashboards),
    GetMetricData: getMetricData(metrics),
    GetMetricStatistics: getMetricStatistics(metrics),
    ListMetrics: listMetrics(metrics, now),
    PutMetricData: putMetricData(metrics, now),
  };
  return createRpcService({
    name: "GraniteServiceVersion20100801",
    xmlNamespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
    maps: ["ExtendedStatistics"],
    iamPrefix: "cloudwatch",
    invalidInput: validationError,
    operations,
    // Metrics have no ARN: their operations are authorized for "*" (documented: IAM's table of actions).
    // Alarms are described by a right to all of them (reported: aws-samples/amazon-cloudwatch-auto-alarms#1).
    resourceOf(input, operation) {
      if (operation === "DescribeAlarms") return alarmArnOf("*");
      const arns = [
        ...dashboardsIn(input, operation).map((name) => dashboards.arnOf(name)),
        ...(operation in alarmOperations ? alarmsIn(input).map(alarmArnOf) : []),
      ];
      return arns.length === 0 ? undefined : arns;
    },
    conditionsOf(input, operation) {
      const namespace = operation === "PutMetricData" ? textMember(input, "Namespace") : undefined;
      return namespace === undefined ? {} : { "cloudwatch:namespace": namespace };
    },
  });
}

/** The dashboards that a call names. */
function dashboardsIn(input: JsonInput, operation: string): string[] {
  if (operation === "PutDashboard" || operation === "GetDashboard") {
    return [textMember(input, "DashboardName") ?? []].flat();
  }
  return operation === "DeleteDashboards" ? textsIn(input["DashboardNames"]) : [];
}

/** The alarms that a call on alarms names. */
function alarmsIn(input: JsonInput): string[] {
  return [...[textMember(input, "AlarmName") ?? []].flat(), ...textsIn(input["AlarmNames"])];
}

function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
