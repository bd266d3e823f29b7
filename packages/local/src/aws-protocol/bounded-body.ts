/** The body of a call, as far as the endpoint takes it. */
import { readBounded } from "../http/read-bounded.ts";
import { AwsError } from "./errors.ts";

/** Bytes. Ten times the largest that AWS's clients send here, a function's payload of 6 MB. */
export const largestBody = 64 * 1024 * 1024;

/**
 * Reads a body.
 * @throws AwsError RequestEntityTooLarge (the code is assumed), or IncompleteBody when the client
 * went away.
 */
export async function readBody(request: Request): Promise<Buffer> {
  const body = await readBounded(request, largestBody).catch(() => {
    throw new AwsError("IncompleteBody", "The body ended before its length.");
  });
  if (body !== undefined) return body;
  const message = `The local cloud takes at most ${String(largestBody)} bytes.`;
  throw new AwsError("RequestEntityTooLarge", message, 413);
}
