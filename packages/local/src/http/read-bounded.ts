/** Reads the body of a request, as far as it may go. */

/**
 * The whole body; undefined for one of more than `limit` bytes, by its announced length or else as
 * soon as it is over the limit. Nothing of it is kept then. @throws what the stream throws when the
 * client goes away.
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
