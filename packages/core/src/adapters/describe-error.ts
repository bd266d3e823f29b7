/** Says what is known of an error without repeating anything that a caller sent. */
import * as z from "zod/mini";

/** An error for the log. */
export interface ErrorDescription {
  readonly type: string;
  readonly code?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly awsRequestId?: string | undefined;
  readonly cause?: ErrorDescription | undefined;
}

const codeSchema = z.object({ code: z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/)) });
const metadata = z.partial(z.object({ httpStatusCode: z.number(), requestId: z.string() }));
const awsSchema = z.object({ $metadata: metadata });

/**
 * Describes an error and the errors that caused it by class, code and AWS request id. Messages are
 * left out: those of AWS and of parsers can quote the name, a token or a secret.
 */
export function describeError(error: Error): ErrorDescription {
  const code = codeSchema.safeParse(error).data?.code;
  const aws = awsSchema.safeParse(error).data?.$metadata;
  return {
    // The bundle shortens the names of classes: those that matter name their errors themselves.
    type: error.name === "Error" ? error.constructor.name : error.name,
    code,
    httpStatus: aws?.httpStatusCode,
    awsRequestId: aws?.requestId,
    cause: error.cause instanceof Error ? describeError(error.cause) : undefined,
  };
}

/** The places of an error's stack trace, innermost first, without the message that precedes them. */
export function stackOf(error: Error): readonly string[] {
  const lines = (error.stack ?? "").split("\n").map((line) => line.trim());
  return lines.filter((line) => line.startsWith("at "));
}
