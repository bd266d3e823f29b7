/**
 * The AWS SDK's checks of a body's type. `esbuild-plugins.mjs` puts this in place of modules that look
 * for a Blob or a web stream, and load those parts of Node for it. Neither SNS nor Secrets Manager has
 * an operation with a body of either kind, and their responses come by node:https.
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

/** Whether it is a web stream: never. */
export const isReadableStream = (): boolean => false;

/** Whether it is a Blob: never. */
export const isBlob = (): boolean => false;
