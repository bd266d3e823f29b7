/** Turns SNS's envelope, as queues receive it, into a function's event. */
import * as z from "zod";

const envelopeSchema = z.object({
  Type: z.string(),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().nullable().default(null),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.string(),
  Signature: z.string(),
  SigningCertURL: z.string(),
  UnsubscribeURL: z.string(),
  MessageAttributes: z
    .record(z.string(), z.object({ Type: z.string(), Value: z.string() }))
    .default({}),
});

/** The envelope of a published message. */
export type Envelope = z.infer<typeof envelopeSchema>;

/** Parses an envelope; undefined for any other text. */
export function parseEnvelope(body: string): Envelope | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/**
 * The event with its one record. Recorded (LocalStack TestSNSSubscriptionLambda): `Url` where the envelope
 * has `URL`, a null subject, an empty map when there are no attributes.
 */
export function snsEvent(envelope: Envelope, subscriptionArn: string): object {
  const { SigningCertURL: SigningCertUrl, UnsubscribeURL: UnsubscribeUrl, ...same } = envelope;
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscriptionArn,
        Sns: { ...same, SigningCertUrl, UnsubscribeUrl },
      },
    ],
  };
}
