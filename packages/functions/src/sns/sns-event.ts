/** The event with which SNS invokes a function. */
import { correlationIdSchema, nameSchema } from "@secure-lambda/core";
import * as z from "zod/mini";

/** Only the envelope: one broken record must not keep the others from being read. */
export const snsEventSchema = z.object({ Records: z.array(z.unknown()).check(z.minLength(1)) });

/** A record of the event, as far as it is used (documented: LAMBDA/with-sns). */
export const snsRecordSchema = z.object({
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
