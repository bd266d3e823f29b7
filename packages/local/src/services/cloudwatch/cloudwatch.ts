/** CloudWatch: the metrics of a local cloud. */
import type { Minutes } from "./minutes.ts";
import { createMetrics } from "./store/metrics.ts";

/** What CloudWatch is created with; `now` gives milliseconds since 1970. */
export interface CloudWatchOptions {
  readonly now: () => number;
  readonly minutes: Minutes;
}

/** CloudWatch as the local cloud uses it. */
export type CloudWatch = ReturnType<typeof createCloudWatch>;

/** Creates CloudWatch without metrics. */
export function createCloudWatch({ now, minutes }: CloudWatchOptions) {
  return { metrics: createMetrics({ now, minuteMs: minutes.lengthMs }) };
}
