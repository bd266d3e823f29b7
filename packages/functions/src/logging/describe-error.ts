/** Says what is known of an error without repeating anything that a caller sent. */
import * as jwtErrors from "aws-jwt-verify/error";
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

/** Classes that do not name their errors; the bundle shortens what they are called in the source. */
const namesByClass = new Map<unknown, string>(
  Object.entries(jwtErrors).map(([name, errorClass]) => [errorClass, name]),
);

/**
 * Describes an error and the errors that caused it by class, code and AWS request id. Messages are
 * left out: those of AWS and of parsers can quote the name, a token or a secret.
 */
export function describeError(error: Error): ErrorDescription {
  const code = codeSchema.safeParse(error).data?.code;
  const aws = awsSchema.safeParse(error).data?.$metadata;
  return {
    type: nameOf(error),
    code,
    httpStatus: aws?.httpStatusCode,
    awsRequestId: aws?.requestId,
    cause: error.cause instanceof Error ? describeError(error.cause) : undefined,
  };
}

function nameOf({ name, constructor }: Error): string {
  return namesByClass.get(constructor) ?? (name === "Error" ? constructor.name : name);
}

/** The places of an error's stack trace, innermost first, without the message that precedes them. */
export function stackOf(error: Error): readonly string[] {
  const lines = (error.stack ?? "").split("\n").map((line) => line.trim());
  return lines.filter((line) => line.startsWith("at "));
}
