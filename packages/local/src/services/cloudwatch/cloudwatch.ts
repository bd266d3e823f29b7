/** CloudWatch: the metrics of a local cloud, its alarms and dashboards, and the service of the endpoint. */
import { createCloudWatchApi } from "./api/api.ts";
import { createAlarms, type AlarmsOptions } from "./alarms/alarms.ts";
import { alarmOperations } from "./alarms/operations.ts";
import { createDashboards } from "./dashboards.ts";
import type { Minutes } from "./minutes.ts";
import { createMetrics } from "./store/metrics.ts";

/** What CloudWatch is created with; `now` gives milliseconds since 1970. */
export interface CloudWatchOptions extends Omit<AlarmsOptions, "metrics"> {
  readonly minutes: Minutes;
}

/** CloudWatch as the local cloud uses it. */
export type CloudWatch = ReturnType<typeof createCloudWatch>;

/** Creates CloudWatch without metrics and alarms. */
export function createCloudWatch({ minutes, ...options }: CloudWatchOptions) {
  const { environment, now } = options;
  const metrics = createMetrics({ now, minuteMs: minutes.lengthMs });
  const dashboards = createDashboards(environment, now);
  const alarms = createAlarms({ ...options, metrics });
  const service = createCloudWatchApi({
    metrics,
    dashboards,
    now,
    alarmOperations: alarmOperations(alarms),
    alarmArnOf: alarms.arnOf,
  });
  return { metrics, alarms, dashboards, service };
}
