/** Reads the body of a call, up to the endpoint's limit. */
import { RequestBodyError, type RequestBody } from "../http/request-body.ts";
import { AwsError } from "./errors.ts";

/** Bytes. Ten times the largest that AWS's clients send here, a function's payload of 6 MB. */
export const largestBody = 64 * 1024 * 1024;

/** Bytes of the bodies of all calls that are served at once. */
export const bodyMemory = 2 * largestBody;

/**
 * Reads a body, which was opened with this limit.
 * @throws AwsError RequestEntityTooLarge (the code is assumed), ServiceUnavailable when other bodies
 * take all the memory, or IncompleteBody when the client disconnected.
 */
export async function readBody(body: RequestBody, limit: number): Promise<Buffer> {
  return body.read().catch((error: unknown) => {
    throw error instanceof RequestBodyError ? errors[error.reason](limit) : error;
  });
}

const errors: Readonly<Record<RequestBodyError["reason"], (limit: number) => AwsError>> = {
  tooLarge: (limit) => {
    const message = `The local cloud accepts at most ${String(limit)} bytes here.`;
    return new AwsError("RequestEntityTooLarge", message, 413);
  },
  noRoom: () => {
    const message = `The local cloud holds at most ${String(bodyMemory)} bytes of request bodies at a time. Try again.`;
    return new AwsError("ServiceUnavailable", message, 503);
  },
  incomplete: () => new AwsError("IncompleteBody", "The body ended before its length."),
};
