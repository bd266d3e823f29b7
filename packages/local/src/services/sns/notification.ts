/** A published message, and the forms in which subscribers get it. */
import type { Publication } from "./publication.ts";

/** A published message. */
export interface Notification extends Publication {
  readonly id: string;
  readonly topicArn: string;
  /** Milliseconds since 1970. */
  readonly publishedAt: number;
}

/**
 * The text that a queue gets, without what the message does not have (recorded: LocalStack
 * test_publish_sqs_from_sns).
 */
export function envelope(notification: Notification, subscriptionArn: string): string {
  const { MessageAttributes, ...fields } = envelopeOf(notification, subscriptionArn);
  const isEmpty = Object.keys(MessageAttributes).length === 0;
  return JSON.stringify(isEmpty ? fields : { ...fields, MessageAttributes });
}

/**
 * The event that a function gets, with its one record. Recorded (LocalStack TestSNSSubscriptionLambda):
 * `Url` where the envelope has `URL`, a null subject, an empty map when there are no attributes.
 * Numbers and arrays are strings to functions (documented: SNS/sns-message-attributes).
 */
export function lambdaEvent(notification: Notification, subscriptionArn: string): object {
  const {
    Subject = null,
    SigningCertURL,
    UnsubscribeURL,
    ...same
  } = envelopeOf(notification, subscriptionArn);
  const attributes = Object.entries(same.MessageAttributes).map(([name, { Type, Value }]) => [
    name,
    { Type: /^(?:Number|String\.Array$)/.test(Type) ? "String" : Type, Value },
  ]);
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          ...same,
          Subject,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: UnsubscribeURL,
          MessageAttributes: Object.fromEntries(attributes),
        },
      },
    ],
  };
}

function envelopeOf(notification: Notification, subscriptionArn: string) {
  const { id, topicArn, subject, message, publishedAt, attributes } = notification;
  const host = `https://sns.${topicArn.split(":")[3] ?? ""}.amazonaws.com`;
  const values = Object.entries(attributes).map(
    ([name, { DataType: Type, StringValue, BinaryValue = "" }]) =>
      [name, { Type, Value: StringValue ?? BinaryValue }] as const,
  );
  return {
    Type: "Notification",
    MessageId: id,
    TopicArn: topicArn,
    Subject: subject,
    Message: message,
    Timestamp: new Date(publishedAt).toISOString(),
    SignatureVersion: "1",
    Signature: "EXAMPLE",
    SigningCertURL: `${host}/SimpleNotificationService-0000000000000000000000.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    MessageAttributes: Object.fromEntries(values),
  };
}
