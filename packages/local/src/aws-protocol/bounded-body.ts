/** Reads the body of a call, up to the endpoint's limit. */
import { readBounded } from "../http/read-bounded.ts";
import { AwsError } from "./errors.ts";

/** Bytes. Ten times the largest that AWS's clients send here, a function's payload of 6 MB. */
export const largestBody = 64 * 1024 * 1024;

/**
 * Reads a body.
 * @throws AwsError RequestEntityTooLarge (the code is assumed), or IncompleteBody when the client
 * disconnected.
 */
export async function readBody(request: Request): Promise<Buffer> {
  const body = await readBounded(request, largestBody).catch(() => {
    throw new AwsError("IncompleteBody", "The body ended before its length.");
  });
  if (body !== undefined) return body;
  const message = `The local cloud accepts at most ${String(largestBody)} bytes.`;
  throw new AwsError("RequestEntityTooLarge", message, 413);
}
