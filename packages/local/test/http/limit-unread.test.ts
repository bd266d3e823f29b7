/** The rest of a body after an early response is received from few callers at once. */
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { limitUnread } from "../../src/http/limit-unread.ts";

const MEGABYTE = 1024 * 1024;

/** How much a caller can send to a server that answers without reading. */
async function sentTo(most: number): Promise<number> {
  const early = getRequestListener(() => new Response("early"), { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => void early(incoming, outgoing));
  limitUnread(server, most);
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  const closed = new Promise((resolve) => socket.resume().once("close", resolve));
  socket.write(`POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${200 * MEGABYTE}\r\n\r\n`);
  let sent = 0;
  const send = (error?: Error | null) => {
    sent += 1;
    if (!error) socket.write(Buffer.alloc(MEGABYTE), send);
  };
  send();
  await closed;
  return sent;
}

it("a caller beyond them is disconnected after the response, whatever is still to come", async () => {
  // What the system's buffers take, and what came before the response.
  expect(await sentTo(0)).toBeLessThan(32);
});
