/**
 * What the AWS SDK asks of bodies. Nothing here imports this: `stacks/bundle/plugins.mjs` puts it in
 * the place of modules that ask whether a body is a file or a stream of the web, and load those parts
 * of Node to ask it. Neither SNS nor Secrets Manager has an operation with a body of either kind, and
 * their answers come by node:https.
 */
import { Readable } from "node:stream";

/** Bytes of a request's body. @throws TypeError for what is neither text nor bytes. */
export function calculateBodyLength(body: unknown): number {
  if (body === undefined || body === null) return 0;
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.byteLength(body);
  throw new TypeError("Only text and bytes can be sent to AWS from here.");
}

/** Whether a request cannot be sent again, as its body has been read. */
export const isStreamingPayload = ({ body }: { readonly body?: unknown }): boolean =>
  body instanceof Readable;

/** Whether it is a stream of the web: never. */
export const isReadableStream = (): boolean => false;

/** Whether it is a file of the web: never. */
export const isBlob = (): boolean => false;
