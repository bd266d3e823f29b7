/** Greets the names that SNS delivers. */
import type { Greeter, GreetRequest } from "@secure-lambda/core";
import type * as z from "zod/mini";
import { snsEventSchema, snsRecordSchema } from "./sns-event.ts";

/** What was delivered is not what the topic carries. The message names the field, not its content. */
export class InvalidEventError extends Error {
  override readonly name = "InvalidEventError";
}

/**
 * Creates a Lambda handler that greets each record's name. Every record is tried; if any fails, the
 * handler throws after the last, so that the event is delivered again. A record without a
 * correlation id is greeted under its message id. It throws `InvalidEventError`, what the greeter
 * throws, or, when several records failed, an `AggregateError` of these.
 */
export function createSnsHandler(greeter: Greeter): (event: unknown) => Promise<void> {
  return async (event) => {
    const envelope = snsEventSchema.safeParse(event);
    if (!envelope.success) throw invalid("event", envelope.error);

    const outcomes = await Promise.allSettled(
      envelope.data.Records.map(async (record, index) => {
        await greeter.greet(parseRecord(record, index));
      }),
    );
    const failures = outcomes
      .filter((outcome) => outcome.status === "rejected")
      .map(({ reason }): unknown => reason);
    if (failures.length === 0) return;
    if (failures.length === 1) throw failures[0];
    throw new AggregateError(failures, failures.map(String).join("\n"));
  };
}

function parseRecord(record: unknown, index: number): GreetRequest {
  const parsed = snsRecordSchema.safeParse(record);
  if (!parsed.success) throw invalid(`event.Records.${index}`, parsed.error);
  const { Message, MessageId, MessageAttributes } = parsed.data.Sns;
  return { name: Message, correlationId: MessageAttributes.correlationId?.Value ?? MessageId };
}

function invalid(where: string, { issues }: z.core.$ZodError): InvalidEventError {
  const wrong = issues.map(({ path, message }) => `${[where, ...path].join(".")}: ${message}`);
  return new InvalidEventError(wrong.join("; "));
}
