/**
 * Decompresses request bodies, which API Gateway does unasked (documented:
 * APIGW/api-gateway-make-request-with-compressed-payload, APIGW/api-gateway-enable-compression).
 */
import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { GatewayError } from "./gateway-error.ts";

const decoders = new Map([
  ["gzip", promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)],
  ["deflate", promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate)],
]);

/**
 * The body without its content coding, of at most `limit` bytes.
 * @throws GatewayError unsupportedCoding for another coding, or a body that is not in it;
 * requestTooLarge (reported: REPOST-QUESTION/QUJ00_gdC-TdaRnGxZybAuWw).
 */
export async function decodeBody(
  body: Buffer,
  coding: string | undefined,
  limit: number,
): Promise<Buffer> {
  const name = coding?.trim().toLowerCase() ?? "";
  if (body.byteLength === 0 || name === "" || name === "identity") return body;
  const decode = decoders.get(name);
  if (!decode) throw new GatewayError("unsupportedCoding");
  return decode(body, { maxOutputLength: limit }).catch((cause: unknown) => {
    const isTooLarge = cause instanceof RangeError;
    throw new GatewayError(isTooLarge ? "requestTooLarge" : "unsupportedCoding", { cause });
  });
}
