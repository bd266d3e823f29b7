/** Authorizes messages that functions and topics send without a call to the endpoint. */
import { AwsError } from "../../aws-protocol/errors.ts";
import { createCheck, type PolicySources } from "./authorize.ts";

/** The dependencies of the checks. */
interface SenderDeps extends PolicySources {
  /** The role of the function with this ARN; undefined where there is none. */
  readonly roleOf: (functionArn: string) => string | undefined;
}

/** Both throw AwsError for what AWS would deny. */
interface SenderChecks {
  /**
   * A function's record to its on-failure destination, sent with the function's role (documented:
   * LAMBDA/invocation-async-retain-records).
   */
  readonly ofRecord: (functionArn: string, destinationArn: string) => void;
  /**
   * A topic's message to the queue of a redrive policy, sent by SNS itself, which the queue's policy
   * must let (documented: SNS/sns-configure-dead-letter-queue).
   */
  readonly ofNotification: (topicArn: string, queueArn: string) => void;
}

/** Creates the checks. */
export function createSenderChecks({ roleOf, ...sources }: SenderDeps): SenderChecks {
  const check = createCheck(sources);

  function ofRecord(functionArn: string, resource: string): void {
    const arn = roleOf(functionArn);
    const session = functionArn.split(":").at(-1) ?? "";
    if (arn === undefined) throw new AwsError("AccessDenied", `There is no role of ${session}.`);
    const action = resource.startsWith("arn:aws:sns:") ? "sns:Publish" : "sqs:SendMessage";
    check({ kind: "role", arn, session }, { action, resource });
  }

  function ofNotification(sourceArn: string, resource: string): void {
    return check(
      { kind: "service", name: "sns.amazonaws.com", sourceArn },
      { action: "sqs:SendMessage", resource },
    );
  }

  return { ofRecord, ofNotification };
}
