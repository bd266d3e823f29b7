/** Makes a test fail when it opens a connection that it must not open. */
import net from "node:net";

const connect: typeof net.Socket.prototype.connect = Reflect.get(net.Socket.prototype, "connect");

/** Refuses every outgoing TCP connection whose host `allowed` does not accept. */
export function guardNetwork(allowed: (host: string) => boolean): void {
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const host = hostOf(args);
    if (!allowed(host)) throw new Error(`This test may not open a connection to ${host}.`);
    return Reflect.apply(connect, this, args);
  };
}

/** `connect` is called with options, with [options] (Node's own clients), or with a port and a host. */
function hostOf(args: unknown[]): string {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === "object" && first !== null) {
    if ("path" in first && typeof first.path === "string") return "a local socket";
    if ("host" in first && typeof first.host === "string") return first.host;
    return "localhost";
  }
  return typeof args[1] === "string" ? args[1] : "localhost";
}
