/** A TCP relay with latency: it simulates the network between a function and AWS's endpoints. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import * as z from "zod";

/** A started relay. */
export interface Relay {
  /** The address of what stands behind it, through the relay. */
  readonly url: string;
  close(): Promise<void>;
}

/** Something to hand on: bytes, or the end of the stream. */
interface Delayed {
  readonly due: number;
  readonly chunk: Buffer | undefined;
}

/**
 * Starts a relay on 127.0.0.1 to a server there. A connection takes one round trip of `roundTripMs`,
 * and bytes half of one in each direction: so a request over a new TLS 1.3 connection takes three
 * (TCP, TLS, request), and one over a kept connection one.
 */
export async function startRelay(target: string, roundTripMs: number): Promise<Relay> {
  const { protocol, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  const track = (socket: Socket, peer: () => Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      peer().destroy();
    });
  };
  const server = createServer((client) => {
    const connectedAt = performance.now() + roundTripMs;
    const upstream = connect(Number(targetPort), "127.0.0.1");
    track(client, () => upstream);
    track(upstream, () => client);
    // The kernel has accepted the client at once, so what it says now waits for the connection too.
    forward(client, upstream, () => Math.max(performance.now(), connectedAt) + roundTripMs / 2);
    forward(upstream, client, () => performance.now() + roundTripMs / 2);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `${protocol}//127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}

/** Hands bytes on in their order, each no earlier than it is due. */
function forward(from: Socket, to: Socket, dueTime: () => number): void {
  const queue: Delayed[] = [];
  const deliver = (): void => {
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      const left = next.due - performance.now();
      if (left > 0) return wait(left);
      queue.shift();
      if (next.chunk === undefined) to.end();
      else to.write(next.chunk);
    }
  };
  // Timers know whole milliseconds only; the rest is spent looking at the clock.
  const wait = (ms: number): void => {
    if (ms > 2) setTimeout(deliver, ms - 1);
    else setImmediate(deliver);
  };
  const enqueue = (chunk?: Buffer): void => {
    queue.push({ due: dueTime(), chunk });
    if (queue.length === 1) deliver();
  };
  from.on("data", enqueue);
  from.on("end", () => enqueue());
}
