/** The local cloud's own lines about failed deliveries, in the log group where SNS logs them. */
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import type { Subscription } from "../subscriptions.ts";

/** Logs failed deliveries. */
export interface DeliveryStatusLog {
  /** Never contains the message itself, only its id. */
  write(subscription: Subscription, problem: string, messageId: string): void;
}

/**
 * Creates a log over the groups `sns/REGION/ACCOUNT/TOPIC/Failure`. AWS has no such lines: they say in
 * words what became of the message, for every topic, in Lambda's JSON format. SNS's own lines are those
 * of delivery-feedback.ts.
 */
export function createDeliveryStatusLog(logs: LogGroups, now: () => number): DeliveryStatusLog {
  function write(subscription: Subscription, message: string, messageId: string): void {
    const { topicArn, protocol, endpoint } = subscription;
    const timestamp = now();
    const [region, account, topic] = topicArn.split(":").slice(3);
    // Delivery to an e-mail address cannot fail, so that none is logged.
    const target = protocol === "lambda" ? { functionArn: endpoint } : { queueArn: endpoint };
    const line = { level: "ERROR", message, topicArn, ...target, messageId };
    logs.write({
      group: `sns/${String(region)}/${String(account)}/${String(topic)}/Failure`,
      stream: "delivery",
      timestamp,
      message: JSON.stringify({ timestamp: new Date(timestamp).toISOString(), ...line }),
    });
  }

  return { write };
}
