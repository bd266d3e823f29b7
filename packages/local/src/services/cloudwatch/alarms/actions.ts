/** The actions of an alarm: it publishes to topics. */
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { AwsError } from "../../../aws-protocol/errors.ts";
import { actionsOf, type Alarm, type AlarmState } from "./alarm.ts";
import type { AlarmHistory } from "./history.ts";
import { notificationOf } from "./notification.ts";

/** What an alarm publishes. */
export type AlarmNotification = ReturnType<typeof notificationOf>;

/** An action that a topic, or its key, refused. */
export interface RefusedAction {
  readonly alarmArn: string;
  readonly topicArn: string;
  readonly error: string;
}

/** The dependencies of actions. */
export interface ActionsOptions {
  readonly environment: AwsEnvironment;
  /** Publishes for the alarm with this ARN. @throws AwsError when the topic or its key refuses that */
  readonly publish: (alarmArn: string, topicArn: string, notification: AlarmNotification) => void;
  readonly onRefusal: (refused: RefusedAction) => void;
}

/** Performs the actions of an alarm's new state; a refusal does not change the state. */
export function act(
  { environment, publish, onRefusal }: ActionsOptions,
  history: AlarmHistory,
  alarm: Alarm,
  old: AlarmState,
): void {
  for (const topicArn of actionsOf(alarm.settings, alarm.state.value)) {
    const error = refusal(() =>
      publish(alarm.arn, topicArn, notificationOf(alarm, old, environment)),
    );
    history.acted(alarm, topicArn, error);
    if (error !== undefined) onRefusal({ alarmArn: alarm.arn, topicArn, error });
  }
}

function refusal(attempt: () => void): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return inWordsOfAlarms(error);
  }
}

/** What AWS says to alarms (recorded: REPOST/cloudwatch-receive-sns-for-alarm-trigger and users' histories). */
function inWordsOfAlarms({ code, message }: AwsError): string {
  if (code === "KMSAccessDenied") {
    return "CloudWatch Alarms does not have authorization to access the SNS topic encryption key.";
  }
  return message
    .replace("User: cloudwatch.amazonaws.com is", "CloudWatch Alarms is")
    .replaceAll("sns:Publish", "SNS:Publish");
}
