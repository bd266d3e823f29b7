/** What Node's HTTP parser would answer by itself: whatever cannot become a request of a handler. */
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Why there is no request for a handler. */
export type Refusal =
  "malformed" | "headersTooLarge" | "tooSlow" | "unknownExpectation" | "foreignHost";

/** Responds in place of a handler. */
export type Refuse = (reason: Refusal) => Response;

const plainResponses: Readonly<Record<Refusal, readonly [status: number, text: string]>> = {
  malformed: [400, "This is not a request."],
  headersTooLarge: [431, "The headers of the request are too large."],
  tooSlow: [408, "The request took too long to be sent."],
  unknownExpectation: [417, "This server meets no expectation but 100-continue."],
  foreignHost: [403, "This server accepts only host names of this machine."],
};

/** Responds in plain text. */
export const refusePlainly: Refuse = (reason) => {
  const [status, text] = plainResponses[reason];
  return new Response(`${text}\n`, { status });
};

/** Responds to what no handler can see, and closes the connection. */
export function answerRefused(server: Server, refuse: Refuse): void {
  const latest = new WeakMap<Duplex, readonly [IncomingMessage, ServerResponse]>();
  server.on("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    latest.set(incoming.socket, [incoming, outgoing]);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const [incoming, outgoing] = latest.get(socket) ?? [];
    const isOver = incoming?.complete === true && outgoing?.writableFinished === true;
    // A request has one response: the rest of its body cannot get another.
    const isAnswered = outgoing?.headersSent === true && !isOver;
    if (!socket.writable || isAnswered) socket.destroy();
    else void endWith(socket, refuse(reasonOf(error.code)));
  });
  server.on("checkExpectation", ({ socket }: IncomingMessage) => {
    void endWith(socket, refuse("unknownExpectation"));
  });
  // A proxy's method; Node would only close the connection.
  server.on("connect", (_, socket) => void endWith(socket, refuse("malformed")));
}

function reasonOf(code: string | undefined): Refusal {
  if (code === "HPE_HEADER_OVERFLOW") return "headersTooLarge";
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? "tooSlow" : "malformed";
}

async function endWith(socket: Duplex, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const { status, headers } = response;
  headers.set("content-length", String(body.byteLength));
  headers.set("connection", "close");
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`].concat(
    Array.from(headers, ([name, value]) => `${name}: ${value}`),
  );
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  socket.on("error", () => {});
  socket.end(Buffer.concat([head, body]), () => socket.destroy());
}
