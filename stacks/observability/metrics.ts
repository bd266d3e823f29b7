/** The CloudWatch metrics of the alarms and the dashboard. */

import type { Names } from "../settings/names.ts";

/** The functions that are measured. */
export const lambdas = ["ExternalLambda", "InternalLambda"] as const;

/** A CloudWatch metric. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, $util.Input<string>>>;
}

/** The resources whose metrics are used. */
export interface Measured {
  readonly names: Names;
  readonly api: { readonly name: $util.Input<string>; readonly stageName: $util.Input<string> };
  readonly firewall: { readonly metricName: string };
  readonly topicName: $util.Input<string>;
  readonly deadLettersName: $util.Input<string>;
}

/** A metric of the API's stage, such as `5XXError`. */
export const apiMetric = (metricName: string, { api }: Measured): Metric => ({
  namespace: "AWS/ApiGateway",
  metricName,
  dimensions: { ApiName: api.name, Stage: api.stageName },
});

/** A metric of a function, such as `Errors`. */
export const lambdaMetric = (
  metricName: string,
  lambda: (typeof lambdas)[number],
  { names }: Measured,
): Metric => ({
  namespace: "AWS/Lambda",
  metricName,
  dimensions: { FunctionName: names.resource(lambda) },
});

/** A metric of the greeting topic, such as `NumberOfMessagesPublished`. */
export const topicMetric = (metricName: string, { topicName }: Measured): Metric => ({
  namespace: "AWS/SNS",
  metricName,
  dimensions: { TopicName: topicName },
});

/** The number of messages in the dead-letter queue. */
export const deadLettersMetric = ({ deadLettersName }: Measured): Metric => ({
  namespace: "AWS/SQS",
  metricName: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: deadLettersName },
});

/** A metric of the firewall over all its rules, such as `BlockedRequests`. */
export const firewallMetric = (metricName: string, { firewall }: Measured): Metric => ({
  namespace: "AWS/WAFV2",
  metricName,
  dimensions: {
    WebACL: firewall.metricName,
    Region: aws.getRegionOutput().region,
    Rule: "ALL",
  },
});
