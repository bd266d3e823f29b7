/**
 * The segment of a topic with active tracing. That it records messages whose header says that they are
 * sampled, and passes the header on in any case, is documented: SNS/sns-active-tracing; the form of the segment is assumed.
 */
import { seconds, type Segment } from "../xray/segments.ts";
import { formatTraceHeader, newSegmentId, parseTraceHeader } from "../xray/trace-header.ts";
import type { Attributes } from "./subscriptions.ts";

/** A message on its way; times are milliseconds since 1970. */
interface Published {
  readonly publishedAt: number;
  readonly endedAt: number;
  readonly messageId: string;
}

/** A topic, as far as its trace goes. */
interface TracedTopic {
  readonly arn: string;
  readonly attributes: Attributes;
}

/** Opens the trace of a message: the header for subscribers, and the segment once it is handed over. */
export function openTopicTrace({ arn, attributes }: TracedTopic, header: string | undefined) {
  const { root, parent, sampled } = parseTraceHeader(header ?? "");
  if (root === undefined || sampled !== true || attributes["TracingConfig"] !== "Active") {
    return { header, segment: () => undefined };
  }
  const id = newSegmentId();
  const [region, account, name = ""] = arn.split(":").slice(3);
  return {
    header: formatTraceHeader({ root, parent: id, sampled }),
    segment: ({ publishedAt, endedAt, messageId }: Published): Segment => ({
      id,
      name,
      start_time: seconds(publishedAt),
      trace_id: root,
      end_time: seconds(endedAt),
      ...(parent !== undefined && { parent_id: parent }),
      aws: { operation: "Publish", region, account_id: account, message_id: messageId },
      origin: "AWS::SNS::Topic",
      resource_arn: arn,
    }),
  };
}
