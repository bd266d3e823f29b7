/** The deliveries of topics: an outbox for each subscription. */
import type { Measure } from "../../cloudwatch/measurement.ts";
import { createTopicMetrics } from "../metrics.ts";
import type { Notification } from "../notification.ts";
import type { Subscription } from "../subscriptions.ts";
import { deliver, type DeliverOptions } from "./deliver.ts";
import { createDeliveryFeedback, type FeedbackOptions } from "./delivery-feedback.ts";
import { createDeliveryStatusLog } from "./delivery-status-log.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

/** The dependencies of deliveries. */
type DeliveriesOptions = Omit<DeliverOptions, "statusLog" | "feedback" | "metrics"> &
  FeedbackOptions & {
    readonly measure: Measure;
    /** The delay before the next attempt after the local cloud itself failed; default 1,000. */
    readonly retryDelayMs?: number;
  };

/** Creates the outboxes of subscriptions, which may change while messages wait. */
export function createDeliveries(options: DeliveriesOptions) {
  const { logs, now, retryDelayMs = 1000 } = options;
  const statusLog = createDeliveryStatusLog(logs, now);
  const feedback = createDeliveryFeedback(options);
  const metrics = createTopicMetrics(options.measure);
  return (subscription: () => Subscription): Outbox<Notification> =>
    createOutbox({
      deliver: (notification) =>
        deliver({ ...options, statusLog, feedback, metrics }, subscription(), notification),
      onFailure(error, { id }) {
        statusLog.write(subscription(), `Delivery is interrupted: ${String(error)}`, id);
      },
      retryDelayMs,
    });
}
