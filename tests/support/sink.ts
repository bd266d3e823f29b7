/** A server on this machine that nothing may call: it keeps the first line of whatever comes. */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import * as z from "zod";

/** A running sink. */
export interface Sink {
  /** As an endpoint or a proxy. */
  readonly url: string;
  /** What came, one text for each connection. */
  readonly received: readonly string[];
  stop(): Promise<void>;
}

/** Starts a sink on a free port of 127.0.0.1. */
export async function startSink(): Promise<Sink> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const at = received.push("") - 1;
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.on("data", (data) => {
      received[at] ||= data.toString("latin1").split("\r\n", 1)[0] ?? "";
      socket.end("HTTP/1.1 418 I'm a teapot\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
