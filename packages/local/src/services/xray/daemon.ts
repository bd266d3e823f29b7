/**
 * The X-Ray daemon, to which functions that instrument themselves report (documented:
 * XRAY/xray-api-sendingdata): one document a datagram on 127.0.0.1, below a line with its format.
 */
import { createSocket, type Socket } from "node:dgram";
import { parseSegment, type Segment } from "./segments.ts";

const header = /^\s*\{\s*"format"\s*:\s*"json"\s*,\s*"version"\s*:\s*1\s*\}\s*\n/;

/** Creates a daemon that is not open; `receive` may throw to drop a document. */
export function createDaemon(receive: (segment: Segment) => void) {
  let opening: Promise<Socket> | undefined;
  let address: string | undefined;

  function take(datagram: Buffer): void {
    const text = datagram.toString("utf8");
    const [line] = header.exec(text) ?? [];
    try {
      if (line !== undefined) receive(parseSegment(text.slice(line.length)));
    } catch {
      // Lambda's daemon drops an invalid document silently.
    }
  }

  function listen(): Promise<Socket> {
    const { promise, resolve, reject } = Promise.withResolvers<Socket>();
    const socket = createSocket("udp4");
    socket.on("message", take);
    // Also after it has opened: an error without a listener would end the process.
    socket.on("error", reject);
    socket.bind({ port: 0, address: "127.0.0.1", exclusive: true }, () => {
      address = `127.0.0.1:${socket.address().port}`;
      resolve(socket);
    });
    return promise;
  }

  return {
    /** Opens the socket, once. */
    async open(): Promise<void> {
      await (opening ??= listen());
    },
    /** `127.0.0.1:PORT`; undefined while it is not open. */
    address: () => address,
    async close(): Promise<void> {
      const socket = await opening?.catch(() => undefined);
      socket?.close();
    },
  };
}
