/** Reads a request body up to a limit. */

/**
 * The whole body; undefined for more than `limit` bytes, by its Content-Length or as soon as it
 * exceeds the limit. @throws what the stream throws when the client disconnects.
 */
export async function readBounded(request: Request, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers.get("content-length")) > limit) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
