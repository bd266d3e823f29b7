/** Authorizes messages that functions, topics and alarms send without a call to the endpoint. */
import { AwsError } from "../../aws-protocol/errors.ts";
import { createCheck, type PolicySources } from "./authorize.ts";
import { cloudwatchFor, snsFor, type Principal } from "./principal.ts";

/** The dependencies of the checks. */
interface SenderDeps extends PolicySources {
  /** The role of the function with this ARN; undefined where there is none. */
  readonly roleOf: (functionArn: string) => string | undefined;
}

/** All throw AwsError for what AWS would deny. */
interface SenderChecks {
  /**
   * A function's record to its on-failure destination, sent with the function's role (documented:
   * LAMBDA/invocation-async-retain-records); gives who sends.
   */
  readonly ofRecord: (functionArn: string, destinationArn: string) => Principal;
  /**
   * A topic's message to a queue that is subscribed, or that a redrive policy names: sent by SNS itself,
   * which the queue's policy must allow (documented: SNS/subscribe-sqs-queue-to-sns-topic,
   * SNS/sns-configure-dead-letter-queue).
   */
  readonly ofNotification: (topicArn: string, queueArn: string) => void;
  /**
   * An alarm's notification to a topic, published by CloudWatch itself; gives who publishes. A topic
   * without a policy allows its account's alarms to publish, by AWS's default policy (documented:
   * CLOUDWATCH/Notify_Users_Alarm_Changes).
   */
  readonly ofAlarm: (alarmArn: string, topicArn: string) => Principal;
}

/** Creates the checks. */
export function createSenderChecks({ roleOf, ...sources }: SenderDeps): SenderChecks {
  const check = createCheck(sources);

  function ofRecord(functionArn: string, resource: string): Principal {
    const arn = roleOf(functionArn);
    const session = functionArn.split(":").at(-1) ?? "";
    if (arn === undefined) throw new AwsError("AccessDenied", `There is no role of ${session}.`);
    const action = resource.startsWith("arn:aws:sns:") ? "sns:Publish" : "sqs:SendMessage";
    const sender: Principal = { kind: "role", arn, session };
    check(sender, { action, resource });
    return sender;
  }

  function ofNotification(topicArn: string, resource: string): void {
    check(snsFor(topicArn), { action: "sqs:SendMessage", resource });
  }

  function ofAlarm(alarmArn: string, resource: string): Principal {
    const sender = cloudwatchFor(alarmArn);
    if (sources.policyOf?.(resource) !== undefined) {
      check(sender, { action: "sns:Publish", resource });
    }
    return sender;
  }

  return { ofRecord, ofNotification, ofAlarm };
}
