/** Reads the body of a request, as far as it may go. */
import { AwsError } from "./errors.ts";

/** Bytes. Ten times the largest that AWS's clients send here, a function's payload of 6 MB. */
export const largestBody = 64 * 1024 * 1024;

/**
 * Reads a body. One that is too long is refused by its announced length, or else at the limit;
 * nothing of it is kept then.
 * @throws AwsError RequestEntityTooLarge (the code is assumed), or IncompleteBody when the client
 * went away.
 */
export async function readBody(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length")) > largestBody) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > largestBody) break;
      chunks.push(chunk);
    }
  } catch {
    throw new AwsError("IncompleteBody", "The body ended before its length.");
  }
  if (size > largestBody) throw tooLarge();
  return Buffer.concat(chunks);
}

function tooLarge(): AwsError {
  const message = `The local cloud takes at most ${String(largestBody)} bytes.`;
  return new AwsError("RequestEntityTooLarge", message, 413);
}
