/** Parses a dead letter: its source and its target. Never shows its content. */
import * as z from "zod";

/** A message that SNS could not deliver to its subscriber (documented: SNS/sns-dead-letter-queues). */
export interface SubscriptionDeadLetter {
  readonly source: "subscription";
  readonly topicArn: string;
  /** The event with which SNS would have invoked the subscriber: JSON. */
  readonly payload: string;
}

/** An event that a function failed on for good (documented: LAMBDA/invocation-async-retain-records). */
export interface FunctionDeadLetter {
  readonly source: "function";
  readonly functionArn: string;
  /** The event of the function: JSON. */
  readonly payload: string;
  /** The error's class as the function reported it; undefined when it never ran. */
  readonly errorType: string | undefined;
  readonly attempts: number;
}

/** A dead letter from either source. */
export type DeadLetter = SubscriptionDeadLetter | FunctionDeadLetter;

const envelopeSchema = z
  .looseObject({
    Type: z.literal("Notification"),
    MessageId: z.string(),
    TopicArn: z.string(),
    Message: z.string(),
    Subject: z.string().nullable().default(null),
    SigningCertURL: z.string(),
    UnsubscribeURL: z.url(),
    MessageAttributes: z.record(z.string(), z.unknown()).default({}),
  })
  .transform((envelope): DeadLetter => ({
    source: "subscription",
    topicArn: envelope.TopicArn,
    payload: JSON.stringify(eventOf(envelope)),
  }));

const recordSchema = z
  .object({
    version: z.literal("1.0"),
    requestContext: z.object({
      functionArn: z.string(),
      approximateInvokeCount: z.number(),
    }),
    requestPayload: z.record(z.string(), z.unknown()),
    // What the function reported: it may be anything.
    responsePayload: z.object({ errorType: z.string() }).optional().catch(undefined),
  })
  .transform(({ requestContext, requestPayload, responsePayload }): DeadLetter => ({
    source: "function",
    functionArn: requestContext.functionArn.replace(/:\$LATEST$/, ""),
    payload: JSON.stringify(requestPayload),
    errorType: responsePayload?.errorType,
    attempts: requestContext.approximateInvokeCount,
  }));

const deadLetterSchema = z.union([envelopeSchema, recordSchema]);

/** Parses the body of a message; undefined if it is no dead letter. */
export function parseDeadLetter(body: string): DeadLetter | undefined {
  try {
    return deadLetterSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** A function's event has `Url` where the envelope for queues has `URL` (documented: LAMBDA/with-sns). */
function eventOf(envelope: { SigningCertURL: string; UnsubscribeURL: string }): object {
  const { SigningCertURL: SigningCertUrl, UnsubscribeURL: UnsubscribeUrl, ...same } = envelope;
  const subscriptionArn = new URL(UnsubscribeUrl).searchParams.get("SubscriptionArn");
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscriptionArn ?? "",
        Sns: { ...same, SigningCertUrl, UnsubscribeUrl },
      },
    ],
  };
}
