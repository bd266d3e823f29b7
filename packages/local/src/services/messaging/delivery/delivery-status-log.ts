/** Says what was not delivered, in the log group where SNS itself logs it. */
import type { LogGroups } from "../../cloudwatch-logs/index.ts";

/** From where to where a message was on its way. */
interface DeliveryPath {
  readonly topicArn: string;
  readonly functionArn: string;
}

/** Writes failures. */
export interface FailureLog {
  /** Never holds the message itself: only its id, when there is one. */
  write(path: DeliveryPath, problem: string, messageId?: string): void;
}

/**
 * Creates a log over the groups `sns/REGION/ACCOUNT/TOPIC/Failure` (documented:
 * docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html). The line is Lambda's JSON format,
 * not SNS's, so that one reader shows both.
 */
export function createFailureLog(logs: LogGroups, now: () => number): FailureLog {
  return {
    write({ topicArn, functionArn }, problem, messageId) {
      const timestamp = now();
      const [region, account, topic] = topicArn.split(":").slice(3);
      const line = { level: "ERROR", message: problem, topicArn, functionArn, messageId };
      logs.write({
        group: `sns/${String(region)}/${String(account)}/${String(topic)}/Failure`,
        stream: "delivery",
        timestamp,
        message: JSON.stringify({ timestamp: new Date(timestamp).toISOString(), ...line }),
      });
    },
  };
}
