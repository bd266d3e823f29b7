/** The AWS client's agent, with a connection that stands before the first request asks for one. */
import { Agent } from "node:https";
import type { RequestOptions } from "node:https";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect } from "node:tls";
import type { TLSSocket } from "node:tls";
import type { Destination } from "./pretend-transport.ts";

/** As many as the AWS SDK's own agent has. */
const MAX_SOCKETS = 50;
const CONNECT_TIMEOUT_MS = 500;
const HTTPS_PORT = 443;

/** Keeps connections alive, and gives its first request the one that was opened ahead. */
export class ReadyAgent extends Agent {
  #ready: { readonly host: string; readonly port: number; readonly socket: TLSSocket } | undefined;

  constructor() {
    super({ keepAlive: true, maxSockets: MAX_SOCKETS });
  }

  /**
   * Opens a connection and sends no request over it: the server learns that somebody may call, no
   * more. Resolves once TLS stands, at once where there is no TLS, and rejects after 0.5 s. A
   * connection that ends before its use is dropped.
   */
  async openAhead(destination: Destination | undefined): Promise<void> {
    if (destination?.protocol !== "https:") return;
    const { hostname: host, port = HTTPS_PORT } = destination;
    const socket = connect({
      host,
      port,
      servername: isIP(host) === 0 ? host : "",
      ALPNProtocols: ["http/1.1"],
      timeout: CONNECT_TIMEOUT_MS,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("secureConnect", resolve);
      socket.once("timeout", () => socket.destroy(new Error("The connection took too long.")));
      // It stays: an error of the idle connection must not end the process.
      socket.on("error", reject);
    });
    socket.setTimeout(0);
    // Not before it stands: nothing else may keep the process alive until then.
    socket.unref();
    this.#ready = { host, port, socket };
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const ready = this.#ready;
    if (options.host === ready?.host && Number(options.port) === ready?.port) {
      this.#ready = undefined;
      if (ready?.socket.writable) return ready.socket.ref();
    }
    return super.createConnection(options, callback);
  }
}
