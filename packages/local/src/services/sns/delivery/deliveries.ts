/** The deliveries of topics: an outbox for each subscription. */
import type { Measure } from "../../cloudwatch/measurement.ts";
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import { createTopicMetrics } from "../metrics.ts";
import type { Notification } from "../notification.ts";
import type { Subscription } from "../subscriptions.ts";
import { deliver, type DeliverOptions } from "./deliver.ts";
import { createDeliveryStatusLog } from "./delivery-status-log.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

/** The dependencies of deliveries. */
type DeliveriesOptions = Omit<DeliverOptions, "statusLog" | "metrics"> & {
  readonly measure: Measure;
  /** Receives a line for every message that could not be delivered. */
  readonly logs: LogGroups;
  readonly now: () => number;
  /** The delay before the next attempt after the local cloud itself failed; default 1,000. */
  readonly retryDelayMs?: number;
};

/** Creates the outboxes of subscriptions, which may change while messages wait. */
export function createDeliveries(options: DeliveriesOptions) {
  const { logs, now, retryDelayMs = 1000 } = options;
  const statusLog = createDeliveryStatusLog(logs, now);
  const metrics = createTopicMetrics(options.measure);
  return (subscription: () => Subscription): Outbox<Notification> =>
    createOutbox({
      deliver: (notification) =>
        deliver({ ...options, statusLog, metrics }, subscription(), notification),
      onFailure(error, { id }) {
        statusLog.write(subscription(), `Delivery is interrupted: ${String(error)}`, id);
      },
      retryDelayMs,
    });
}
