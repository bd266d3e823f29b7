/** Limits how many bodies that nobody reads are received at once. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";

/**
 * A caller who is answered before the whole body was sent may go on for a while (node-server, half a
 * second), as many clients read an answer only then. So may `most` at once, who delay nobody; others
 * are disconnected after the answer.
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
