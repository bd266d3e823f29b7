/** What a message of a dead-letter queue says: where it comes from, why, and how it is sent again. */
import * as z from "zod";
import type { LambdaService } from "../services/lambda/ports.ts";
import { lambdaEvent } from "../services/sns/notification.ts";
import type { Topics } from "../services/sns/topics.ts";

/** A function's record (documented: LAMBDA/invocation-async-retain-records). */
const functionRecord = z.looseObject({
  requestContext: z.looseObject({
    functionArn: z.string().transform((arn) => arn.replace(/:\$LATEST$/, "")),
    condition: z.string(),
    approximateInvokeCount: z.number(),
  }),
  requestPayload: z.unknown(),
  responsePayload: z
    .looseObject({ errorType: z.string(), errorMessage: z.string() })
    .optional()
    .catch(undefined),
});

/** A topic's message (documented: SNS/sns-dead-letter-queues). */
const topicMessage = z.looseObject({
  Type: z.literal("Notification"),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().optional(),
  Message: z.string(),
  Timestamp: z.iso.datetime(),
});

/** What a topic hands a function. */
const topicEvent = z.looseObject({
  Records: z.array(z.looseObject({ Sns: z.looseObject({ Message: z.string() }) })),
});

/** A dead letter, as far as it is one. */
export interface ReadDeadLetter {
  readonly source: string | null;
  readonly reason: string;
  /** The texts that were published, of which anything may be personal. */
  readonly published: readonly string[];
  /** Sends it again; undefined where nothing is known to send it to. */
  readonly redrive: (() => void) | undefined;
}

/** The services that dead letters come from. */
interface Sources {
  readonly lambda: Pick<LambdaService, "getFunction" | "invokeAsync">;
  readonly topics: Pick<Topics, "subscriptions">;
}

/** Reads the body of a message in a queue. */
export function readDeadLetter(
  body: string,
  queueArn: string,
  { lambda, topics }: Sources,
): ReadDeadLetter {
  const value = parsed(body);
  const record = functionRecord.safeParse(value);
  if (record.success) {
    const { requestContext, requestPayload, responsePayload: error } = record.data;
    const { functionArn, condition, approximateInvokeCount: attempts } = requestContext;
    const because = error ? `: ${error.errorType}: ${error.errorMessage}` : "";
    return {
      source: functionArn,
      reason: `${condition} after ${attempts} attempts${because}`,
      published: (topicEvent.safeParse(requestPayload).data?.Records ?? []).map(
        ({ Sns }) => Sns.Message,
      ),
      redrive: lambda.getFunction(functionArn)
        ? () => void lambda.invokeAsync(functionArn, JSON.stringify(requestPayload))
        : undefined,
    };
  }
  const message = topicMessage.safeParse(value);
  if (!message.success) {
    return { source: null, reason: "it is no dead letter", published: [], redrive: undefined };
  }
  const { TopicArn: topicArn, MessageId: id, Message, Subject: subject, Timestamp } = message.data;
  const targets = topics
    .subscriptions()
    .filter((one) => one.topicArn === topicArn && one.deadLetterQueueArn === queueArn)
    .filter(({ protocol, endpoint }) => protocol === "lambda" && lambda.getFunction(endpoint));
  const notification = { id, topicArn, message: Message, subject, attributes: {} };
  return {
    source: topicArn,
    reason: "the topic could not deliver it to its subscriber",
    published: [Message],
    redrive:
      targets.length === 0
        ? undefined
        : () => {
            for (const { endpoint, arn } of targets) {
              const event = lambdaEvent(
                { ...notification, publishedAt: Date.parse(Timestamp) },
                arn,
              );
              lambda.invokeAsync(endpoint, JSON.stringify(event));
            }
          },
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
