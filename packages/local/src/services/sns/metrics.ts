/**
 * The metrics of topics (documented: SNS/sns-monitoring-using-cloudwatch). None is 0: that SNS publishes
 * only what happened is assumed.
 */
import type { Measure, Measurement } from "../cloudwatch/measurement.ts";
import { propertiesOfBody } from "./filter-policies/properties.ts";
import { sizeOf, type Publication } from "./publication.ts";
import type { Subscription } from "./subscriptions.ts";

/** Turns what happens to the messages of a topic, by its ARN, into measurements. */
export type TopicMetrics = ReturnType<typeof createTopicMetrics>;

/** Creates metrics that are given to `measure`. */
export function createTopicMetrics(measure: Measure) {
  const count = (topicArn: string, notifications: string): void =>
    measure(measurement(topicArn, `NumberOfNotifications${notifications}`));

  return {
    published: (topicArn: string, publication: Publication): void =>
      measure(
        measurement(topicArn, "NumberOfMessagesPublished"),
        measurement(topicArn, "PublishSize", sizeOf(publication), "Bytes"),
      ),

    /** A filter policy rejects a message: counted in all, and by the reason. */
    filteredOut(subscription: Subscription, publication: Publication): void {
      const { topicArn } = subscription;
      count(topicArn, "FilteredOut");
      count(topicArn, `FilteredOut-${reasonOf(subscription, publication)}`);
    },

    delivered: (topicArn: string): void => count(topicArn, "Delivered"),

    /** A message is not delivered any more, however often that was tried. */
    failed: (topicArn: string): void => count(topicArn, "Failed"),

    redriven: (topicArn: string): void => count(topicArn, "RedrivenToDlq"),

    /** The dead-letter queue did not take a message, which is lost. */
    notRedriven: (topicArn: string): void => count(topicArn, "FailedToRedriveToDlq"),
  };
}

/** The names of the reasons are documented for attributes, and reported for bodies. */
function reasonOf({ attributes: settings }: Subscription, publication: Publication): string {
  if (settings["FilterPolicyScope"] === "MessageBody") {
    const isJson = propertiesOfBody(publication.message) !== undefined;
    return isJson ? "MessageBody" : "InvalidMessageBody";
  }
  const hasAttributes = Object.keys(publication.attributes).length > 0;
  return hasAttributes ? "MessageAttributes" : "NoMessageAttributes";
}

function measurement(
  topicArn: string,
  metricName: string,
  value = 1,
  unit: Measurement["unit"] = "Count",
): Measurement {
  const dimensions = { TopicName: topicArn.split(":")[5] ?? topicArn };
  return { namespace: "AWS/SNS", metricName, dimensions, value, unit };
}
