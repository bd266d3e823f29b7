/** Sends a request as it is: no target is normalized, and no header is added but those of its connection. */
import { type IncomingHttpHeaders, request as open } from "node:http";
import { buffer } from "node:stream/consumers";

/** A request to send. */
export interface RawRequest {
  readonly method: string;
  /** Its first line's, with the query: a path, or whatever else is tried. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** A response, read to its end. */
export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Of one connection. */
const ownHeaders = /^(?:host|connection|content-length|transfer-encoding|expect|keep-alive)$/i;

/** Sends it to the server at `url`; its own Host and Content-Length take the place of given ones. */
export function sendRaw(
  url: string,
  { method, target, headers, body }: RawRequest,
): Promise<RawResponse> {
  const { hostname, port, host } = new URL(url);
  const sent = headers.filter(([name]) => !ownHeaders.test(name)).concat([["Host", host]]);
  if (body.byteLength > 0) sent.push(["Content-Length", String(body.byteLength)]);
  const { promise, resolve, reject } = Promise.withResolvers<RawResponse>();
  const outgoing = open({ hostname, port, method, path: target, headers: sent.flat() });
  outgoing.on("error", reject);
  outgoing.on("response", (incoming) => {
    const { statusCode: status = 0 } = incoming;
    buffer(incoming).then(
      (read) => resolve({ status, headers: incoming.headers, body: read }),
      reject,
    );
  });
  // The answer to CONNECT, whatever its status.
  outgoing.on("connect", ({ statusCode: status = 0, headers: received }, socket, head) => {
    socket.destroy();
    resolve({ status, headers: received, body: head });
  });
  outgoing.end(body);
  return promise;
}
