/** Serves a fetch handler on 127.0.0.1, only to callers on this machine. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { getRequestListener } from "@hono/node-server";
import { limitUnread } from "./limit-unread.ts";
import { answerRefused, refusePlainly, type Refusal, type Refuse } from "./refusals.ts";

/** Handles a request. */
export type Handler = (request: Request, connection: Connection) => Response | Promise<Response>;

/** What a client and the server have agreed on; `serverName` is the client's SNI, empty without one. */
export interface TlsConnection {
  readonly version: string;
  readonly cipherSuite: string;
  readonly serverName: string;
}

/** The raw request and its connection. */
export interface Connection {
  readonly remoteAddress: string;
  /** The request target as sent: a `Request` has its dot segments resolved. */
  readonly target: string;
  /** The headers as sent: names and values alternate. */
  readonly rawHeaders: string[];
  /** Undefined over plain HTTP. */
  readonly tls?: TlsConnection | undefined;
}

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, or `https:` */
  readonly url: string;
  /** Stops listening and ends every connection. */
  readonly close: () => Promise<void>;
}

/** The requested port is in use. */
export class PortTakenError extends Error {
  override name = "PortTakenError";
  readonly port: number;

  constructor(port: number, cause: unknown) {
    super(`Port ${port} is taken by another program.`, { cause });
    this.port = port;
  }
}

/** Options beyond plain HTTP. */
interface ListenOptions {
  /** Serves HTTPS with this key and certificate, both PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Handles upgraded connections; without it they are closed. */
  readonly upgrade?: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Whether a Host header's name, in lower case and without its port, is served besides this machine's. */
  readonly servesHost?: (name: string) => boolean;
  /** Responds to what is no request for the handler; in plain text by default. */
  readonly refuse?: Refuse;
  /** Timeouts of sending; a slower caller is refused and disconnected. */
  readonly patience?: Patience;
}

/** Timeouts in ms, each from the first byte on. */
export interface Patience {
  /** For all headers. */
  readonly headersMs: number;
  /** For the whole request; and for reading some of the response. */
  readonly requestMs: number;
}

/** Enough for 10 MB on the same machine; who stalls is disconnected. */
const defaultPatience: Patience = { headersMs: 10_000, requestMs: 30_000 };

/**
 * The keep-alive timeout: longer than an execution environment is frozen, so that its clients do not
 * resume with closed connections.
 */
const KEEP_ALIVE_MS = 60_000;

/** More are closed at once: each takes memory, however little it sends. */
const MAX_CONNECTIONS = 2_000;

/**
 * Bytes of the target, of headers' names and of their values: above the limits of API Gateway, which the
 * gateway enforces, since AWS counts no names.
 */
const MAX_HEADER_SIZE = 24 * 1024;

/** Each takes about a hundred bytes of memory, however short it is. */
const MAX_HEADERS = 2_000;

/** Requests of one connection without a response (HTTP pipelining, RFC 9112, 9.3.2), which few clients send. */
const MAX_PIPELINED = 10;

/** Listens on the port; 0 takes a free one. @throws PortTakenError */
export async function listen(
  handler: Handler,
  port: number,
  options: ListenOptions = {},
): Promise<Listener> {
  const { tls, upgrade, servesHost = () => false, patience = defaultPatience } = options;
  const { refuse = refusePlainly } = options;
  /** Any other name would be DNS rebinding by a web page. */
  const isServed = (host: string) => {
    const name = host.toLowerCase().replace(/:\d+$/, "");
    return name === "127.0.0.1" || name === "localhost" || servesHost(name);
  };
  const answer = createAnswer(handler, isServed, refuse);
  const { headersMs, requestMs } = patience;
  const settings = {
    maxHeaderSize: MAX_HEADER_SIZE,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(headersMs, requestMs) / 4,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The handler's side does, in its own form.
    requireHostHeader: false,
  };
  const server = tls ? createTlsServer({ ...settings, ...tls }) : createServer(settings);
  server.maxConnections = MAX_CONNECTIONS;
  // Node reads no more than it must to know that they are too many; `createAnswer` says it.
  server.maxHeadersCount = MAX_HEADERS + 1;
  const unanswered = new WeakMap<Duplex, number>();
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { socket } = incoming;
    const waiting = (unanswered.get(socket) ?? 0) + 1;
    if (waiting > MAX_PIPELINED) {
      socket.destroy();
      return;
    }
    unanswered.set(socket, waiting);
    outgoing.once("close", () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    await answer(incoming, outgoing);
    // What waits to be read takes memory; a caller who reads nothing of it for so long is gone.
    if (!outgoing.writableFinished) outgoing.setTimeout(requestMs, () => outgoing.destroy());
  };
  server.on("request", (incoming, outgoing) => void serve(incoming, outgoing));
  answerRefused(server, refuse);
  limitUnread(server);
  if (upgrade) {
    server.on("upgrade", (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (isServed(hostOf(incoming) ?? "")) upgrade(incoming, socket, head);
      else socket.destroy();
    });
  }
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTakenError(port, error) : error),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");

  function close(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  return {
    port: address.port,
    url: `${tls ? "https" : "http"}://127.0.0.1:${address.port}`,
    close,
  };
}

/** Answers requests with the handler's responses, and others with refusals, which end the connection. */
function createAnswer(handler: Handler, isServed: (host: string) => boolean, refuse: Refuse) {
  function refuseAndClose(reason: Refusal): Response {
    const response = refuse(reason);
    response.headers.set("connection", "close");
    return response;
  }
  return getRequestListener(
    (request, { incoming }) => {
      const host = hostOf(incoming);
      if (incoming.rawHeaders.length > 2 * MAX_HEADERS) return refuseAndClose("headersTooLarge");
      if (host === undefined) return refuseAndClose("malformed");
      if (!isServed(host)) return refuseAndClose("foreignHost");
      return handler(request, {
        remoteAddress: incoming.socket.remoteAddress ?? "",
        target: incoming.url ?? "",
        rawHeaders: incoming.rawHeaders,
        tls: tlsOf(incoming.socket),
      });
    },
    {
      overrideGlobalObjects: false,
      errorHandler: (error) =>
        error instanceof Error && error.name === "RequestError"
          ? refuseAndClose("malformed")
          : new Response(null, { status: 500 }),
    },
  );
}

/** What was negotiated; the cipher by its IANA name. */
function tlsOf(socket: Socket): Connection["tls"] {
  if (!(socket instanceof TLSSocket)) return undefined;
  return {
    version: socket.getProtocol() ?? "",
    cipherSuite: socket.getCipher().standardName,
    serverName: serverNameOf(socket),
  };
}

/** Of a server's socket the types of Node.js do not know it. */
function serverNameOf(socket: TLSSocket): string {
  return "servername" in socket && typeof socket.servername === "string" ? socket.servername : "";
}

/** The Host header; undefined for none and for several (RFC 9112, 3.2). */
function hostOf({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): string | undefined {
  const at = rawHeaders.findIndex(isHost);
  return at === rawHeaders.findLastIndex(isHost) ? rawHeaders[at + 1] : undefined;
}

const isHost = (name: string, at: number) => at % 2 === 0 && name.toLowerCase() === "host";
