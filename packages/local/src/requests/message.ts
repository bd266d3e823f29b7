/** A request or a response as it is kept: headers as sent, and the beginning of its body. */

/** A kept message. */
export interface Message {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Size of the whole body; `body` may be only its beginning. */
  readonly bodyBytes: number;
}

/** Bytes kept of a body: four times what the app's own limits allow. */
export const mostBodyBytes = 64 * 1024;

/** Copies what is kept of a message. */
export function keepMessage(headers: Message["headers"], body: Uint8Array): Message {
  const start = Buffer.from(body.subarray(0, mostBodyBytes));
  return { headers, body: start, bodyBytes: body.byteLength };
}

/** The memory that it takes, about. */
export function bytesOfMessage({ headers, body }: Message): number {
  const characters = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return body.byteLength + 2 * characters + 150 * headers.length;
}
