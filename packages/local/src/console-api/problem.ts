/** Problems of the console's API (RFC 9457). */
import * as z from "zod";
import { AwsError } from "../aws-protocol/errors.ts";

/** What is wrong with which part of a request. */
const fieldErrors = z.array(z.strictObject({ field: z.string(), message: z.string() }));

/** A problem as it is sent. */
export const problemSchema = z.strictObject({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What is wrong, and what would be right."),
  errors: fieldErrors.optional(),
});

const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
} as const;

/** Ends a call with a problem. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: keyof typeof titles;
  readonly errors: z.infer<typeof fieldErrors> | undefined;

  constructor(status: keyof typeof titles, detail: string, errors?: z.infer<typeof fieldErrors>) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }

  /** As it is sent. */
  body(): z.infer<typeof problemSchema> {
    const { status, message: detail, errors } = this;
    return {
      type: "about:blank",
      title: titles[status],
      status,
      detail,
      ...(errors && { errors }),
    };
  }
}

/** The problem of input that its schema rejects. */
export function invalidInput(error: z.core.$ZodError): ApiProblem {
  const errors = error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  return new ApiProblem(400, "The request is invalid; see errors.", errors);
}

/** Reads; what a service refuses to the caller is a problem with this status. */
export function orProblem<T>(status: 400 | 409, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError) throw new ApiProblem(status, error.message);
    throw error;
  }
}
