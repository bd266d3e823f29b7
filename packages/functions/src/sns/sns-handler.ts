/** Greets the names that SNS delivers. */
import { correlationIdSchema, nameSchema } from "@secure-lambda/core";
import type { DeliveredName, DeliveredNameGreeter } from "@secure-lambda/core";
import * as z from "zod/mini";

/** Only the envelope: one broken record must not keep the others from being read. */
const snsEventSchema = z.object({ Records: z.array(z.unknown()).check(z.minLength(1)) });

/** A record of the event, as far as it is used (documented: LAMBDA/with-sns). */
const snsRecordSchema = z.object({
  EventSource: z.literal("aws:sns"),
  Sns: z.object({
    MessageId: correlationIdSchema,
    Message: nameSchema,
    MessageAttributes: z.object({
      correlationId: z.optional(
        z.object({ Type: z.literal("String"), Value: correlationIdSchema }),
      ),
    }),
  }),
});

/** What was delivered is not what the topic carries. The message names the field, not its content. */
export class InvalidEventError extends Error {
  override readonly name = "InvalidEventError";
}

/**
 * Creates a Lambda handler that greets each record's name. Every record is tried; if any fails, the
 * handler throws after the last, so that the event is delivered again. A record without a
 * correlation id is greeted under its message id. It throws `InvalidEventError`, what the greeter
 * throws, or, when several records failed, an `AggregateError` of these that quotes the first ten.
 */
export function createSnsHandler(greeter: DeliveredNameGreeter): (event: unknown) => Promise<void> {
  return async (event) => {
    const envelope = snsEventSchema.safeParse(event);
    if (!envelope.success) throw invalid("event", envelope.error);

    const outcomes = await Promise.allSettled(
      envelope.data.Records.map(async (record, index) => greeter.greet(parseRecord(record, index))),
    );
    const failures: unknown[] = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [outcome.reason] : [],
    );
    if (failures.length === 0) return;
    if (failures.length === 1) throw failures[0];
    throw new AggregateError(failures, failures.slice(0, 10).map(String).join("\n"));
  };
}

function parseRecord(record: unknown, index: number): DeliveredName {
  const parsed = snsRecordSchema.safeParse(record);
  if (!parsed.success) throw invalid(`event.Records.${index}`, parsed.error);
  const { Message: name, MessageId: messageId, MessageAttributes } = parsed.data.Sns;
  return { name, messageId, correlationId: MessageAttributes.correlationId?.Value ?? messageId };
}

function invalid(where: string, { issues }: z.core.$ZodError): InvalidEventError {
  const wrong = issues.map(({ path, message }) => `${[where, ...path].join(".")}: ${message}`);
  return new InvalidEventError(wrong.join("; "));
}
