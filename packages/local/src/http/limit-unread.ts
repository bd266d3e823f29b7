/** Limits how many request bodies are received at once after their response was sent. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";

/**
 * Many clients read a response only once they have sent their whole body, so node-server receives the
 * rest of one for half a second after an early response, and discards it. That takes time from other
 * callers: of more than `most` at once, the connection is closed after the response.
 */
export function limitUnread(server: Server, most = 8): void {
  const sending = new Set<IncomingMessage>();
  // Before node-server's own listener for the end of a response.
  server.prependListener("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    outgoing.once("finish", () => {
      if (incoming.complete) return;
      if (sending.size >= most) return incoming.socket.destroySoon();
      sending.add(incoming);
      incoming.once("close", () => sending.delete(incoming));
    });
  });
}
