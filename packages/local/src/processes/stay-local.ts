/**
 * Keeps a Node process that runs an app's code in the local cloud: a TLS connection to AWS ends there,
 * whatever configuration chose its address, and any other connection to AWS is refused.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";
import { isAwsHost } from "../aws-protocol/aws-hosts.ts";

/** The variables that tell a process where the local cloud is in AWS's place. */
export function stayLocalVariables(port: number, authorityFile: string) {
  return { LOCAL_CLOUD_TLS_PORT: String(port), LOCAL_CLOUD_TLS_AUTHORITY: authorityFile };
}

/** A process has tried to connect to AWS other than over TLS, or to a metadata service. */
export class LeavesLocalCloudError extends Error {
  override readonly name = "LeavesLocalCloudError";

  constructor(host: string) {
    super(`A process under the local cloud may not connect to ${host}.`);
  }
}

/** Takes effect in this process, if its environment says where the local cloud is. */
export function stayLocal(env: NodeJS.ProcessEnv = process.env): void {
  const { LOCAL_CLOUD_TLS_PORT: port, LOCAL_CLOUD_TLS_AUTHORITY: authorityFile } = env;
  if (port === undefined || authorityFile === undefined) return;
  // What the app starts is its own, and it sees the environment that it has on AWS.
  delete env["LOCAL_CLOUD_TLS_PORT"];
  delete env["LOCAL_CLOUD_TLS_AUTHORITY"];
  redirectTls(Number(port), authorityFile);
  refuseOthers();
  syncBuiltinESMExports();
}

function redirectTls(port: number, authorityFile: string): void {
  const { connect } = tls;
  const connectHere = (...args: unknown[]): unknown => {
    const host = hostOf(args);
    if (!isAwsHost(host)) return Reflect.apply(connect, tls, args);
    const options = Object.assign({ servername: host }, ...args.filter(isOptions));
    return Reflect.apply(connect, tls, [
      {
        ...options,
        socket: undefined,
        host: "127.0.0.1",
        port,
        ca: fs.readFileSync(authorityFile),
        rejectUnauthorized: true,
        // The authority has issued one certificate only: the local cloud's.
        checkServerIdentity: () => undefined,
      },
      ...args.filter((each) => typeof each === "function"),
    ]);
  };
  Object.assign(tls, { connect: connectHere });
}

function refuseOthers(): void {
  const connect: unknown = Reflect.get(net.Socket.prototype, "connect");
  if (typeof connect !== "function") throw new TypeError("net.Socket has no method connect.");
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const host = hostOf(args);
    if (!isAwsHost(host) && !isMetadataService(host)) return Reflect.apply(connect, this, args);
    return this.destroy(new LeavesLocalCloudError(host));
  };
}

/** The host of a call of `connect`: of its options, which Node's own clients wrap, or after a port. */
function hostOf([first, second]: readonly unknown[]): string {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  const host = isOptions(options) ? options["host"] : second;
  return typeof host === "string" ? host : "localhost";
}

const isOptions = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Of an instance or a container: link-local addresses (documented: SDKREF/feature-imds-credentials). */
function isMetadataService(host: string): boolean {
  return /^(?:169\.254\.|fd00:ec2::)/i.test(host);
}
