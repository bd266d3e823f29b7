/**
 * The metrics of a queue (documented: SQS/sqs-available-cloudwatch-metrics): what it does is counted and
 * published with its depths at the end of each minute, while it is active. That counts are 0 in a minute
 * in which nothing happened is assumed.
 */
import type { Measure, Measurement } from "../cloudwatch/measurement.ts";
import type { Minute } from "../cloudwatch/minutes.ts";
import type { Depths } from "./depths.ts";

/** The metrics of one queue. */
export type QueueMetrics = ReturnType<typeof createQueueMetrics>;

/** A queue is active for six hours after any use (documented: SQS/sqs-monitoring-using-cloudwatch). */
const activeMinutes = 360;

const nothing = { sent: 0, received: 0, deleted: 0, emptyReceives: 0 };

/** Creates the metrics of a queue that was used just now. */
export function createQueueMetrics(queueArn: string, measure: Measure) {
  const QueueName = queueArn.split(":")[5] ?? queueArn;
  let counts = { ...nothing };
  let idleMinutes = 0;

  function measurement(
    metricName: string,
    value: number,
    unit: Measurement["unit"] = "Count",
  ): Measurement {
    return { namespace: "AWS/SQS", metricName, dimensions: { QueueName }, value, unit };
  }

  return {
    /** Any operation names the queue. */
    used(): void {
      idleMinutes = 0;
    },

    /** A message was sent; one that a redrive policy moves is not. */
    sent(bytes: number): void {
      counts.sent += 1;
      measure(measurement("SentMessageSize", bytes, "Bytes"));
    },

    /** An operation has received so many messages. */
    received(messages: number): void {
      counts.received += messages;
      if (messages === 0) counts.emptyReceives += 1;
    },

    /** A message was deleted, perhaps once more. */
    deleted(): void {
      counts.deleted += 1;
    },

    /** Publishes a minute that has ended. A queue with messages is active. */
    publish({ visible, notVisible, delayed, oldestAt }: Depths, { start, end }: Minute): void {
      if (visible + notVisible + delayed > 0) idleMinutes = 0;
      if (idleMinutes === activeMinutes) return;
      idleMinutes += 1;
      const { sent, received, deleted, emptyReceives } = counts;
      counts = { ...nothing };
      const measured = [
        measurement("NumberOfMessagesSent", sent),
        measurement("NumberOfMessagesReceived", received),
        measurement("NumberOfMessagesDeleted", deleted),
        measurement("NumberOfEmptyReceives", emptyReceives),
        measurement("ApproximateNumberOfMessagesVisible", visible),
      ];
      // These three only where there is something to report.
      if (notVisible > 0) {
        measured.push(measurement("ApproximateNumberOfMessagesNotVisible", notVisible));
      }
      if (delayed > 0) measured.push(measurement("ApproximateNumberOfMessagesDelayed", delayed));
      if (oldestAt !== undefined) {
        const age = Math.floor((end - oldestAt) / 1000);
        measured.push(measurement("ApproximateAgeOfOldestMessage", age, "Seconds"));
      }
      measure(...measured.map((one) => ({ ...one, timestamp: start })));
    },
  };
}
