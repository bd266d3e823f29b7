/** What SNS mails to e-mail subscriptions. The texts are assumed; AWS's have links for their readers as well. */
import { envelope, type Notification } from "./notification.ts";
import type { Subscription } from "./subscriptions.ts";

/** A mail of a topic. */
export interface TopicMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** What confirms the subscription, in the mail that asks for it. */
  readonly confirmation?: { readonly topicArn: string; readonly token: string };
}

/** Asks the owner of an address whether to subscribe it. */
export function confirmationMail({ endpoint, topicArn }: Subscription, token: string): TopicMail {
  return {
    to: endpoint,
    subject: "AWS Notification - Subscription Confirmation",
    text: `You have chosen to subscribe to the topic:\n${topicArn}\n\nTo confirm this subscription, visit the link below.`,
    confirmation: { topicArn, token },
  };
}

/** A message as its subscriber gets it: the text, or with `email-json` all of it. */
export function notificationMail(
  { protocol, endpoint, arn }: Subscription,
  notification: Notification,
): TopicMail {
  const { subject = "AWS Notification Message", message, mailText = message } = notification;
  const text = protocol === "email-json" ? envelope(notification, arn) : mailText;
  return { to: endpoint, subject, text };
}
