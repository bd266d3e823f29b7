/** The endpoint of AppSync Events on 127.0.0.1: publishing over HTTPS, subscribing over a WebSocket. */
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { listen, type Listener } from "../../http/listen.ts";
import { createBodyBudget } from "../../http/request-body.ts";
import type { TlsIdentity } from "../../http/certificate/identity.ts";
import { headersOfProtocols, isAllowed, realtimeProtocol } from "./authorization.ts";
import type { Channels } from "./channels.ts";
import { answerEventRequest, MAX_MESSAGE_BYTES } from "./event-request.ts";
import { serveRealtime } from "./realtime.ts";

interface AppSyncServerOptions {
  readonly channels: Channels;
  readonly identity: TlsIdentity;
  readonly region: string;
  /** Told of faults of a connection. */
  readonly onError: (error: unknown) => void;
}

/** Listens on a free port. */
export async function startAppSync(options: AppSyncServerOptions): Promise<Listener> {
  const { channels, identity, region, onError } = options;
  const bodies = createBodyBudget(16 * MAX_MESSAGE_BYTES);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => realtimeProtocol,
  });
  sockets.on("connection", (socket: WebSocket) => {
    const connection = serveRealtime(channels, (message) => socket.send(JSON.stringify(message)));
    socket.on("message", (data) => connection.receive(textOf(data)));
    socket.on("close", () => connection.close());
    socket.on("error", onError);
  });

  function upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!mayConnect(incoming, region)) {
      socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(incoming, socket, head, (client) =>
      sockets.emit("connection", client, incoming),
    );
  }

  const listener = await listen(
    (request) =>
      request.method === "GET" || isAllowed(request.headers, region)
        ? answerEventRequest(request, channels, bodies)
        : new Response(null, { status: 401 }),
    0,
    { tls: { key: identity.key, cert: identity.cert }, upgrade },
  );

  async function close(): Promise<void> {
    const gone = Array.from(sockets.clients, async (client) => {
      const closed = once(client, "close");
      client.terminate();
      await closed;
    });
    await Promise.all(gone);
    await listener.close();
  }

  return {
    ...listener,
    close,
  };
}

function mayConnect({ url, headers }: IncomingMessage, region: string): boolean {
  if (url !== "/event/realtime" || headers.origin !== undefined) return false;
  const protocols = (headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  const signed = headersOfProtocols(new Set(protocols));
  return signed !== undefined && isAllowed(signed, region);
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data).toString("utf8");
}
