/** CloudWatch: the metrics of a local cloud, its dashboards, and the service of the endpoint. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { createCloudWatchApi } from "./api/api.ts";
import { createDashboards } from "./dashboards.ts";
import type { Minutes } from "./minutes.ts";
import { createMetrics } from "./store/metrics.ts";

/** What CloudWatch is created with; `now` gives milliseconds since 1970. */
export interface CloudWatchOptions extends AwsEnvironment {
  readonly now: () => number;
  readonly minutes: Minutes;
}

/** CloudWatch as the local cloud uses it. */
export type CloudWatch = ReturnType<typeof createCloudWatch>;

/** Creates CloudWatch without metrics. */
export function createCloudWatch({ now, minutes, ...environment }: CloudWatchOptions) {
  const metrics = createMetrics({ now, minuteMs: minutes.lengthMs });
  const dashboards = createDashboards(environment, now);
  return { metrics, dashboards, service: createCloudWatchApi({ metrics, dashboards, now }) };
}
